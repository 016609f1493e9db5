package abm_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// Shapes of any size give numbers and finite derivatives: draws that underflow
// to 0, or round to 1, included.
func TestShapesOfAnySize(t *testing.T) {
	for _, a := range []float64{1e-300, 1e-20, 1e-3, 0.05, 3, 500, 1e6, 1e12} {
		for _, b := range []float64{1e-300, 1e-3, 1, 1e12} {
			for _, draw := range []func(w *abm.World, a, b ad.Num) ad.Num{
				func(w *abm.World, a, _ ad.Num) ad.Num { return w.Gamma(0, a, ad.Const(1)) },
				func(w *abm.World, a, b ad.Num) ad.Num { return w.Beta(0, a, b) },
				func(w *abm.World, a, b ad.Num) ad.Num { return w.Dirichlet(0, []ad.Num{ad.Const(1), a, b})[1] },
			} {
				c := continuous{draw: draw, s: a, r: b}
				x, slope := c.sample(t, 1, 8)
				for i := range x {
					if !(x[i] >= 0 && !math.IsInf(x[i], 1)) || math.IsNaN(slope[i][0]-slope[i][0]) || math.IsNaN(slope[i][1]-slope[i][1]) {
						t.Errorf("shapes %v, %v: draw %v, derivatives %v", a, b, x[i], slope[i])
					}
				}
			}
		}
	}
}
