package report

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

func labels(ticks []plot.Tick) []string {
	var out []string
	for _, t := range ticks {
		out = append(out, strings.ReplaceAll(t.Label, raise, "^"))
	}
	return out
}

func TestRoundTicksLabels(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		room   float64
		whole  bool
		want   []string
	}{
		{0, 1, 90, false, []string{"0", "0.2", "0.4", "0.6", "0.8", "1.0"}},
		{0, 763, 90, false, []string{"0", "200", "400", "600"}},
		{-1.2, 1.2, 60, false, []string{"−1", "0", "1"}},
		{0, 24000, 60, false, []string{"0", "10\u2009000", "20\u2009000"}},
		{0, 3e-7, 60, false, []string{"0", "1×10^−7", "2×10^−7", "3×10^−7"}},
		{0, 2e8, 60, false, []string{"0", "1×10^8", "2×10^8"}},
		{1, 3, 300, true, []string{"1", "2", "3"}},
		{0.002, 0.004, 60, false, []string{"0.002", "0.003", "0.004"}},
	} {
		ticker := roundTicks{room: vg.Length(c.room), style: textStyle(7.5, ink), upright: true, whole: c.whole}
		if diff := cmp.Diff(c.want, labels(ticker.Ticks(c.lo, c.hi))); diff != "" {
			t.Errorf("ticks of %g…%g: %s", c.lo, c.hi, diff)
		}
	}
}

func TestRoundTicksLieInsideAndFit(t *testing.T) {
	style := textStyle(7.5, ink)
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e6, 1e6).Draw(t, "lo")
		width := math.Pow(10, rapid.Float64Range(-3, 6).Draw(t, "width"))
		room := rapid.Float64Range(60, 400).Draw(t, "room")
		upright := rapid.Bool().Draw(t, "upright")
		ticker := roundTicks{room: vg.Length(room), style: style, upright: upright}
		ticks := ticker.Ticks(lo, lo+width)
		if len(ticks) == 0 || !ticker.fit(ticks) && len(ticks) > 2 {
			t.Fatalf("%d ticks in %g…%g", len(ticks), lo, lo+width)
		}
		for i, k := range ticks {
			slack := 1e-6 * width
			if k.Value < lo-slack || k.Value > lo+width+slack || i > 0 && k.Value <= ticks[i-1].Value {
				t.Fatalf("ticks %v in %g…%g", ticks, lo, lo+width)
			}
			if i > 0 && k.Label == ticks[i-1].Label {
				t.Fatalf("label %q twice in %g…%g", k.Label, lo, lo+width)
			}
		}
	})
}

func TestRoundTicksOfNoRange(t *testing.T) {
	for _, s := range []span{{1, 1}, {2, 1}, {math.NaN(), 1}, {0, math.Inf(1)}} {
		if ticks := (roundTicks{}).Ticks(s.lo, s.hi); ticks != nil {
			t.Errorf("ticks of %v: %v", s, ticks)
		}
	}
}
