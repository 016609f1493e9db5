package report

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestScaleChoosesAxis(t *testing.T) {
	for _, c := range []struct {
		scale     Scale
		core, all span
		want      axisScale
	}{
		{Linear, span{0, 1}, span{0, 1e6}, linearScale{}},
		{Log, span{1, 2}, span{1, 1e6}, logScale{}},
		{Log, span{-3, 2}, span{-3, 1e6}, symlogScale{5}},
		{Symlog, span{0.1, 0.7}, span{-1e6, 1e6}, symlogScale{1}},
		{Symlog, span{0, 0}, span{0, 0}, symlogScale{1}},
		{Symlog, empty(), empty(), linearScale{}},
	} {
		if got := c.scale.axisFor(c.core, c.all); got != c.want {
			t.Errorf("scale %d of %v in %v is %#v, expected %#v", c.scale, c.core, c.all, got, c.want)
		}
	}
}

func TestSymlogIsOddMonotoneAndLinearInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edge := linearPart(span{0, math.Pow(10, rapid.Float64Range(-8, 8).Draw(t, "edge"))})
		far := edge * math.Pow(10, rapid.Float64Range(0.1, 12).Draw(t, "far"))
		s := symlogScale{edge}
		at := func(v float64) float64 { return s.Normalize(-far, far, v) }
		v := rapid.Float64Range(0, far).Draw(t, "v")
		w := rapid.Float64Range(0, far).Draw(t, "w")
		if v < w && at(v) > at(w) {
			t.Fatalf("not monotone between %g and %g", v, w)
		}
		if sum := at(v) + at(-v); math.Abs(sum-1) > 1e-9 {
			t.Fatalf("not odd at %g: %g", v, sum)
		}
		if third := at(edge/3) - 0.5; math.Abs(third-(at(edge)-0.5)/3) > 1e-9 {
			t.Fatalf("not linear inside %g", edge)
		}
		if jump := at(edge*(1+1e-9)) - at(edge); jump > 1e-8 {
			t.Fatalf("jump of %g at %g", jump, edge)
		}
	})
}

func TestSymlogTicks(t *testing.T) {
	got := labels(symlogScale{2}.ticker(150).Ticks(-3e5, 3e5))
	want := []string{"0", "−2", "2", "−10^5", "−10^3", "10^5", "10^3", "−1", "1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(symlogScale{2}.ticker(60).Ticks(-3e5, 3e5)); n > 6 {
		t.Errorf("%d ticks on 60 points", n)
	}
}

func TestLogTicks(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   []string
	}{
		{0.05, 2000, []string{"1000", "100", "10", "1", "0.1"}},
		{1e-6, 1, []string{"10^0", "10^−1", "10^−2", "10^−3", "10^−4", "10^−5", "10^−6"}},
		{3, 60, []string{"5", "10", "20", "50"}},
		{41, 44, []string{"41", "42", "43", "44"}},
	} {
		if diff := cmp.Diff(c.want, labels(logScale{}.ticker(120).Ticks(c.lo, c.hi))); diff != "" {
			t.Errorf("%g…%g: %s", c.lo, c.hi, diff)
		}
	}
}

func TestLogHidesWhatIsNotPositive(t *testing.T) {
	if y := (logScale{}).Normalize(1, 100, 10); math.Abs(y-0.5) > 1e-12 {
		t.Errorf("10 in 1…100 lies at %g", y)
	}
	if y := (logScale{}).Normalize(1, 100, -1); y >= 0 {
		t.Errorf("−1 lies at %g, on the axis", y)
	}
}
