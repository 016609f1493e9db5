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
	if !a.Active() && !b.Active() {
		return ad.Const(w.outcome(purpose, s.Beta(a.Primal(), b.Primal())))
	}
	w.laws.beta = beta{a: a, b: b, luck: s}
	return w.continuous(purpose, &w.laws.beta, w.laws.beta.pathwise(), a, b)
}

// beta is the beta law at the value that is drawn from luck.
type beta struct {
	a, b ad.Num
	luck rng.Stream
}

// pathwise returns the value with pathwise derivatives.
func (d *beta) pathwise() ad.Num {
	s, a, b := d.luck, d.a.Primal(), d.b.Primal()
	x, y := s.BetaPair(a, b)
	if x*y == 0 { // an end has nowhere to move
		return ad.Const(x)
	}
	da, db := reparam.Beta(x, y, a, b)
	return ad.Combine(x, da, d.a, db, d.b)
}

// Score has d log f = (log x − ψ(a) + ψ(a+b))·da + (log(1−x) − ψ(b) + ψ(a+b))·db.
func (d *beta) Score() ad.Num {
	s, a, b := d.luck, d.a.Primal(), d.b.Primal()
	logit, both := s.BetaLogit(a, b), mathext.Digamma(a+b)
	return ad.Combine(0, both-mathext.Digamma(a)-softplus(-logit), d.a, both-mathext.Digamma(b)-softplus(logit), d.b)
}

// softplus is log(1 + e^x).
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// Redraw draws the value anew.
func (d *beta) Redraw(s *rng.Stream) float64 {
	d.luck = *s
	return s.Beta(d.a.Primal(), d.b.Primal())
}
