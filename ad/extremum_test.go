package ad

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTies(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x, y := a.Param(0, 3), a.Param(1, 3)
	for name, z := range map[string]Num{"Max": Max(x, y), "Min": Min(x, y), "SmoothMax": SmoothMax(x, y, 2), "SmoothMin": SmoothMin(x, y, 2)} {
		if z.Primal() != 3 {
			t.Errorf("%s: value %v", name, z.Primal())
		}
		if diff := cmp.Diff([]float64{0.5, 0.5}, a.Tangents(nil, z)); diff != "" {
			t.Errorf("%s at a tie: %s", name, diff)
		}
	}
	if got := a.Tangents(nil, Max(x, Const(3))); got[0] != 0.5 {
		t.Errorf("Max at a tie with a constant: %v", got)
	}
}

func TestExtremaOfNaN(t *testing.T) {
	for name, f := range map[string]func(x, y Num) Num{"Max": Max, "Min": Min} {
		if x, y := f(Const(undefined), Const(1)), f(Const(1), Const(undefined)); !math.IsNaN(x.Primal()) || !math.IsNaN(y.Primal()) {
			t.Errorf("%s with NaN is %v or %v", name, x.Primal(), y.Primal())
		}
	}
}

// The value is hard; the weight of an argument is Φ of its lead over width.
func TestSmoothExtrema(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x, y := a.Param(0, 1), a.Param(1, 1.5)
	w := normalCDF(-0.25)
	for name, test := range map[string]struct {
		z     Num
		value float64
		want  []float64
	}{
		"SmoothMax": {SmoothMax(x, y, 2), 1.5, []float64{w, 1 - w}},
		"SmoothMin": {SmoothMin(x, y, 2), 1, []float64{1 - w, w}},
	} {
		got := a.Tangents(nil, test.z)
		if test.z.Primal() != test.value || !near(got[0], test.want[0], 1e-14) || !near(got[1], test.want[1], 1e-14) {
			t.Errorf("%s: %v with derivatives %v, want %v with %v", name, test.z.Primal(), got, test.value, test.want)
		}
	}
	for _, width := range []float64{0, -1, undefined} {
		wantPanic(t, "must be positive", func() { SmoothMax(x, y, width) })
		wantPanic(t, "must be positive", func() { SmoothMin(x, y, width) })
	}
}
