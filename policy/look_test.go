package policy

import (
	"math"
	"testing"
)

// The objective's second derivatives are 8 in effort and in either time, per unit;
// the ranges are 1, 10 and 10.
func TestLook(t *testing.T) {
	p := inTown(t)
	a, err := p.Look(t.Context(), []float64{0.5, 2.5, 6}, 20, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "gradient", a.Gradient, []float64{0, 4, 0}, 1e-9)
	for k, want := range []float64{8, 800, 800} {
		near(t, "curvature", []float64{a.Curvature[k][k]}, []float64{want}, 1e-6)
	}
	near(t, "curvature along the sloppiest", []float64{a.Directions[2].Curvature}, []float64{8}, 1e-6)
	near(t, "tolerance", a.Tolerance[1:2], []float64{math.Sqrt(2 * 0.01 * 4 / 8)}, 0.02)
	end := a.Profiles[2]
	near(t, "values", end.Value, []float64{5, 7.5, 10}, 1e-12)
	near(t, "changes", end.Change, []float64{4, 9, 64}, 1e-9)
}
