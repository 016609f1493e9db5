package gradient

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// Smoothed lets a draw have the expected jump to its alternative as derivative:
// a stochastic triple whose perturbations are averaged at once.
//
//   - Estimates: d E[F]/dθ by forward mode, all parameters in one run.
//   - Bias: none where everything downstream is linear in each draw; with both
//     sides none where it is quadratic in each (the trapezoid rule for the jump); else
//     of any size. On sparse networks it drifts after some steps. Weighted
//     sides are [StraightThrough] for Bernoulli draws.
//   - Variance: low to moderate; rates of the right side grow as 1/(1−p), of the
//     left as 1/p.
//   - Cost: one run with P tangents.
//   - Needs: categories in an order in which neighbours have similar effects,
//     since a choice moves to its neighbours.
//   - Use it for: comparison with published results.
//
// A probability of exactly 0 or 1 has an alternative on one side only, so that
// both sides tell half the derivative there, right or left alone perhaps none,
// even if F is linear. Models that mask probabilities (1 − e^−βSx with S = 0) meet this
// often, and it damps the explosion that the other choices show. It is kept as
// published.
//
// Source: Arya et al., Automatic differentiation of programs with discrete
// randomness (2022), and StochasticAD.jl's smoothed perturbations; paper,
// section 3.2.
type Smoothed struct{ Side Smoothing }

// Smoothing says on which side of a draw the alternative lies.
type Smoothing int

// The sides. SmoothBoth is the mean of right and left. SmoothWeighted mixes them
// so that the rates vary least: for a draw with probability p, 1−p of right and
// p of left, which makes the rate the same whether the draw is 0 or 1.
const (
	SmoothBoth Smoothing = iota
	SmoothRight
	SmoothLeft
	SmoothWeighted
)

// smoothings are the words for the sides, by index.
var smoothings = []string{"both", "right", "left", "weighted"}

// left returns the share of the left side, given the one of least variance.
func (s Smoothing) left(mix float64) float64 {
	switch s {
	case SmoothRight:
		return 0
	case SmoothLeft:
		return 1
	case SmoothWeighted:
		return mix
	}
	return 0.5
}

// Name returns "smoothed".
func (Smoothed) Name() string { return "smoothed" }

// Sampler fails for an unknown side.
func (s Smoothed) Sampler(p *Problem) (Sampler, error) {
	if s.Side < SmoothBoth || s.Side > SmoothWeighted {
		return nil, fmt.Errorf("smoothed has no side %d", s.Side)
	}
	return newTangentSampler(p, smoothedRule{s.Side}), nil
}

type smoothedRule struct{ side Smoothing }

func (r smoothedRule) Bernoulli(_ *abm.World, _ abm.Site, p ad.Num, x float64) ad.Num {
	return p.Chain(x, r.Slope(p.Primal(), x))
}

// Slope is the rate at which a draw of x moves to its alternative.
func (r smoothedRule) Slope(p, x float64) float64 {
	left := r.side.left(p)
	if x == 0 {
		return (1 - left) / (1 - p)
	}
	return left / p
}

func (r smoothedRule) Count(_ *abm.World, _ abm.Site, law abm.Law, x float64) ad.Num {
	left := r.side.left(law.Mix())
	up, toUp := law.Right(x)
	down, toDown := law.Left(x)
	return law.Parameter().Chain(x, (1-left)*toUp*(up-x)+left*toDown*(down-x))
}

// Categorical moves probability between the drawn category and its neighbours
// of positive probability, those of probability 0 on the way taking their share.
// What flows up over a boundary is what the categories below it lose.
func (r smoothedRule) Categorical(_ *abm.World, _ abm.Site, p, onehot []ad.Num) {
	c := drawn(onehot)
	lower, upper := around(p, c)
	left, right := r.rates(p, lower, c, upper)
	before := ad.Num{} // with the derivative of the probability below category k
	for k, q := range p {
		after := ad.Combine(0, 1, before, 1, q)
		switch {
		case k == lower:
			onehot[k] = after.Chain(0, left)
		case lower < k && k < c:
			onehot[k] = q.Chain(0, left)
		case k == c:
			onehot[k] = ad.Combine(1, -left, before, right, after)
		case c < k && k < upper:
			onehot[k] = q.Chain(0, right)
		case k == upper:
			onehot[k] = before.Chain(0, -right)
		}
		before = after
	}
}

// rates returns the rates at which probability that flows to and from the lower
// and the upper neighbour makes category c move.
func (r smoothedRule) rates(p []ad.Num, lower, c, upper int) (left, right float64) {
	at := func(k int) float64 {
		if k < 0 || k >= len(p) {
			return 0
		}
		return p[k].Primal()
	}
	own := at(c)
	if c > 0 {
		left = r.side.left(own/(at(lower)+own)) / own
	}
	if c < len(p)-1 {
		right = (1 - r.side.left(at(upper)/(own+at(upper)))) / own
	}
	return left, right
}

// around returns the nearest categories of positive probability below and above
// c, -1 and len(p) for none.
func around(p []ad.Num, c int) (lower, upper int) {
	lower, upper = c-1, c+1
	for lower >= 0 && p[lower].Primal() == 0 {
		lower--
	}
	for upper < len(p) && p[upper].Primal() == 0 {
		upper++
	}
	return lower, upper
}

// drawn returns the category that was drawn.
func drawn(onehot []ad.Num) int {
	for k, x := range onehot {
		if x.Primal() == 1 {
			return k
		}
	}
	panic("gradient: a choice without outcome")
}
