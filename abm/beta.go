package abm

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
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
	w.laws.beta = beta{a: a, b: b, logit: logit}
	return w.continuous(purpose, &w.laws.beta, w.laws.beta.pathwise(), a, b)
}

// beta is the beta law at the value of the given logit.
type beta struct {
	a, b  ad.Num
	logit float64
}

// pathwise returns the value with pathwise derivatives.
func (d *beta) pathwise() ad.Num {
	x := 1 / (1 + math.Exp(-d.logit))
	if !d.a.Active() && !d.b.Active() {
		return ad.Const(x)
	}
	y := 1 / (1 + math.Exp(d.logit))
	if x*y == 0 { // an end has nowhere to move
		return ad.Const(x)
	}
	da, db := reparam.BetaLogit(d.logit, d.a.Primal(), d.b.Primal())
	return ad.Combine(x, x*y*da, d.a, x*y*db, d.b)
}

// Score has d log f = (log x − ψ(a) + ψ(a+b))·da + (log(1−x) − ψ(b) + ψ(a+b))·db.
func (d *beta) Score() ad.Num {
	a, b := d.a.Primal(), d.b.Primal()
	both := mathext.Digamma(a + b)
	return ad.Combine(0, both-mathext.Digamma(a)-softplus(-d.logit), d.a, both-mathext.Digamma(b)-softplus(d.logit), d.b)
}

// softplus is log(1 + e^x).
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// Redraw draws the logit anew.
func (d *beta) Redraw(s *rng.Stream) float64 {
	d.logit = s.BetaLogit(d.a.Primal(), d.b.Primal())
	return 1 / (1 + math.Exp(-d.logit))
}
