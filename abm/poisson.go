package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Poisson draws the number of events of which lambda are expected. The run fails
// unless 0 ≤ lambda ≤ 1e15.
func (w *World) Poisson(purpose Purpose, lambda ad.Num) ad.Num {
	v := lambda.Primal()
	if !(v >= 0 && v <= mostTrials) {
		w.fail(w.site(purpose), "a Poisson law needs a mean from 0 to 1e15, not %g", v)
	}
	w.laws.poisson = Poisson{Lambda: lambda}
	return w.count(purpose, &w.laws.poisson)
}

// Poisson is the law of the number of events of which Lambda are expected.
type Poisson struct{ Lambda ad.Num }

// Name returns "Poisson".
func (Poisson) Name() string { return "Poisson" }

// Parameter returns Lambda.
func (l Poisson) Parameter() ad.Num { return l.Lambda }

// Mean returns Lambda.
func (l Poisson) Mean() ad.Num { return l.Lambda }

// Score returns x/λ − 1.
func (l Poisson) Score(x float64) float64 { return share(x, l.Lambda.Primal()) - 1 }

// Quantile returns the u-quantile.
func (l Poisson) Quantile(u float64) float64 {
	return float64(rng.PoissonQuantile(u, l.Lambda.Primal()))
}

// Right adds an event: x+1 at rate 1.
func (l Poisson) Right(x float64) (alternative, rate float64) { return x + 1, 1 }

// Left takes one away: x−1 at rate −x/λ.
func (l Poisson) Left(x float64) (alternative, rate float64) {
	return x - min(x, 1), -share(x, l.Lambda.Primal())
}

// Mix returns 0: the rate of Right is 1 whatever x is.
func (l Poisson) Mix() float64 { return 0 }
