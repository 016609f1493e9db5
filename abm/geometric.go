package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Geometric draws the number of failures 0, 1, … before the first success of
// trials of probability p. The run fails unless 0 < p ≤ 1.
func (w *World) Geometric(purpose Purpose, p ad.Num) ad.Num {
	v := p.Primal()
	w.probability(purpose, v)
	if v == 0 {
		w.fail(w.site(purpose), "a geometric law needs a probability above 0, or the wait never ends")
	}
	w.laws.geometric = Geometric{P: p}
	return w.count(purpose, &w.laws.geometric)
}

// Geometric is the law of the number of failures before the first success of
// trials of probability P.
type Geometric struct{ P ad.Num }

// Name returns "geometric".
func (Geometric) Name() string { return "geometric" }

// Parameter returns P.
func (l Geometric) Parameter() ad.Num { return l.P }

// Mean returns (1−P)/P.
func (l Geometric) Mean() ad.Num {
	p := l.P.Primal()
	return l.P.Chain((1-p)/p, -1/(p*p))
}

// Score returns 1/p − x/(1−p).
func (l Geometric) Score(x float64) float64 {
	p := l.P.Primal()
	return 1/p - share(x, 1-p)
}

// Quantile returns the u-quantile.
func (l Geometric) Quantile(u float64) float64 {
	return float64(rng.GeometricQuantile(u, l.P.Primal()))
}

// Right ends the wait one failure early: x−1 at rate x/(p(1−p)).
func (l Geometric) Right(x float64) (alternative, rate float64) {
	p := l.P.Primal()
	return x - min(x, 1), share(x, p*(1-p))
}

// Left keeps the wait from ending at x: x+1 at rate −(x+1)/p.
func (l Geometric) Left(x float64) (alternative, rate float64) {
	return x + 1, -(x + 1) / l.P.Primal()
}

// Mix returns 1. The total rate, (1−α)·x/(p(1−p)) + α·(x+1)/p, has the mean 1/p²
// whatever α is, and its slope in x, (1−αp)/(p(1−p)), is smallest at α = 1.
func (l Geometric) Mix() float64 { return 1 }
