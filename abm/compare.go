package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// Greater returns the indicator that a > b: the value is hard, 1 or 0; the
// derivative is that of the surrogate step S(a−b). The run fails if either is
// NaN.
func Greater(a, b ad.Num, s Surrogate) ad.Num {
	x, y := a.Primal(), b.Primal()
	if math.IsNaN(x) || math.IsNaN(y) {
		panic(misusef("%g > %g has no answer; look for 0/0 or ∞−∞ upstream", x, y))
	}
	hard := 0.0
	if x > y {
		hard = 1
	}
	if !a.Active() && !b.Active() || math.IsInf(x, 0) && x == y {
		return ad.Const(hard)
	}
	return ad.Const(hard).Surrogate(s.Step(a.Sub(b)))
}
