package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng/reparam"
)

// Beta draws from the beta law with shapes a and b on (0, 1), of mean a/(a+b),
// with pathwise derivatives by implicit reparameterisation (Figurnov, Mohamed
// and Mnih, 2018). The run fails unless both shapes are positive and finite.
// Shapes well below 1 may draw 1 itself, by rounding, or 0, by underflow.
func (w *World) Beta(purpose Purpose, a, b ad.Num) ad.Num {
	w.shape(purpose, "a beta law", a.Primal())
	w.shape(purpose, "a beta law", b.Primal())
	s := w.stream(purpose)
	logit := s.BetaLogit(a.Primal(), b.Primal())
	x, y := 1/(1+math.Exp(-logit)), 1/(1+math.Exp(logit))
	if !a.Active() && !b.Active() || x*y == 0 { // an end has nowhere to move
		return ad.Const(x)
	}
	da, db := reparam.BetaLogit(logit, a.Primal(), b.Primal())
	return ad.Combine(x, x*y*da, a, x*y*db, b)
}
