package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Binomial draws the number of successes in n trials of probability p. The run
// fails unless 0 ≤ n ≤ 1e15 and 0 ≤ p ≤ 1.
func (w *World) Binomial(purpose Purpose, n int, p ad.Num) ad.Num {
	w.probability(purpose, p.Primal())
	if n < 0 || n > mostTrials {
		w.fail(w.site(purpose), "a binomial law needs from 0 to 1e15 trials, not %d", n)
	}
	w.laws.binomial = Binomial{N: n, P: p}
	return w.count(purpose, &w.laws.binomial)
}

// mostTrials is where counts cease to be exact.
const mostTrials = 1e15

// Binomial is the law of the number of successes in N trials of probability P.
type Binomial struct {
	N int
	P ad.Num
}

// Name returns "binomial".
func (Binomial) Name() string { return "binomial" }

// Parameter returns P.
func (l Binomial) Parameter() ad.Num { return l.P }

// Mean returns N·P.
func (l Binomial) Mean() ad.Num { return l.P.Times(float64(l.N)) }

// Score returns x/p − (n−x)/(1−p).
func (l Binomial) Score(x float64) float64 {
	p := l.P.Primal()
	return share(x, p) - share(float64(l.N)-x, 1-p)
}

// Quantile returns the u-quantile.
func (l Binomial) Quantile(u float64) float64 {
	return float64(rng.BinomialQuantile(u, l.N, l.P.Primal()))
}

// Right turns one of n−x failures into a success: x+1 at rate (n−x)/(1−p).
func (l Binomial) Right(x float64) (alternative, rate float64) {
	failures := float64(l.N) - x
	return x + min(failures, 1), share(failures, 1-l.P.Primal())
}

// Left keeps one of x successes from turning into a failure: x−1 at rate −x/p.
func (l Binomial) Left(x float64) (alternative, rate float64) {
	return x - min(x, 1), -share(x, l.P.Primal())
}

// Mix returns p: then the total rate is n whatever x is.
func (l Binomial) Mix() float64 { return l.P.Primal() }
