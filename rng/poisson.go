package rng

import (
	"math"

	"github.com/nudge-abm/nudge/rng/reparam"
)

// climbTo is the mean up to which summing from zero is the faster way. (P(X = 0)
// is then above 1e-155.)
const climbTo = 256

// PoissonQuantile returns the u-quantile of the Poisson law with mean lambda,
// the least k with P(X ≤ k) ≥ u: it rises in u and in lambda. Over the range of
// Seed.Uniform and lambda up to 1e9, the probability compared with u, or with
// 1−u in the upper half, is accurate to about 1e-11 of itself, and to 1e-9 in
// tails beyond 1e-12. It panics unless 0 < u < 1 and 0 ≤ lambda ≤ 1e15.
func PoissonQuantile(u, lambda float64) int {
	requireProbability(u)
	if !(lambda >= 0 && lambda <= maxCount) {
		panic("rng: a Poisson law needs a mean from 0 to 1e15")
	}
	return poisson(u, 1-u, lambda)
}

// poisson inverts for v = 1−u.
func poisson(u, v, lambda float64) int {
	law := panjer{b: lambda, last: math.MaxInt}
	if lambda <= climbTo {
		return law.climb(math.Exp(-lambda), u, v)
	}
	k := normalGuess(u, v, lambda, math.Sqrt(lambda), 1)
	return law.walk(poissonPlace(k, lambda), u, v)
}

// Poisson returns a draw of the Poisson law with mean lambda, by inversion of
// one uniform; see [PoissonQuantile].
func (s *Stream) Poisson(lambda float64) int { return PoissonQuantile(s.Uniform(), lambda) }

// maxCount bounds the counts: beyond it cumulative probabilities in float64 are
// too coarse to tell one count from the next.
const maxCount = 1e15

// poissonPlace uses that X ≤ k exactly when a Gamma(k+1) waiting time exceeds
// lambda.
func poissonPlace(k int, lambda float64) place {
	shape := float64(k) + 1
	lower, _ := reparam.GammaLower(shape, lambda)
	upper, _ := reparam.GammaUpper(shape, lambda)
	whole := lower + upper
	return place{k: k, at: 1 / (lambda * whole), below: upper / whole, above: lower / whole}
}

// normalGuess approximates the u-quantile of a law on the counts by that of the
// normal law corrected for skew, the third central moment over the variance
// (Cornish & Fisher).
func normalGuess(u, v, mean, sd, skew float64) int {
	z := NormalQuantile(min(u, v))
	if v < u {
		z = -z
	}
	return int(max(0, mean+sd*z+skew*(z*z-1)/6))
}
