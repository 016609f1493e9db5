package rng

import (
	"math"

	"github.com/nudge-abm/nudge/rng/reparam"
)

// BinomialQuantile returns the u-quantile of the number of successes in n
// independent trials of probability p, the least k with P(X ≤ k) ≥ u: it rises
// in u, in n and in p. Accuracy is that of [PoissonQuantile]. It panics unless
// 0 < u < 1, 0 ≤ n ≤ 1e15 and 0 ≤ p ≤ 1.
func BinomialQuantile(u float64, n int, p float64) int {
	requireProbability(u)
	if n < 0 || n > maxCount {
		panic("rng: a binomial law needs from 0 to 1e15 trials")
	}
	if !(p >= 0 && p <= 1) {
		panic("rng: a binomial law needs a success probability from 0 to 1")
	}
	if p > 0.5 {
		// The least k with P(X ≤ k) ≥ u leaves n−k failures, the least number m
		// with P(failures ≤ m) > 1−u.
		return n - binomial(math.Nextafter(1-u, 1), math.Nextafter(u, 0), n, 1-p)
	}
	return binomial(u, 1-u, n, p)
}

// binomial inverts for p ≤ ½ and v = 1−u.
func binomial(u, v float64, n int, p float64) int {
	count := float64(n)
	odds := p / (1 - p)
	law := panjer{a: -odds, b: (count + 1) * odds, last: n}
	if count*p <= climbTo {
		return law.climb(math.Exp(count*math.Log1p(-p)), u, v)
	}
	k := normalGuess(u, v, count*p, math.Sqrt(count*p*(1-p)), 1-2*p)
	return law.walk(binomialPlace(min(k, n-1), count, p), u, v)
}

// binomialPlace uses that X > k exactly when the (k+1)-th smallest of n
// uniforms, a Beta(k+1, n−k) draw, lies below p.
func binomialPlace(k int, n, p float64) place {
	a, b := float64(k)+1, n-float64(k)
	lower, _, _ := reparam.BetaLower(p, 1-p, a, b)
	upper, _, _ := reparam.BetaLower(1-p, p, b, a)
	whole := lower + upper
	return place{k: k, at: 1 / (b * p * whole), below: upper / whole, above: lower / whole}
}

// Binomial returns the number of successes in n trials of probability p, by
// inversion of one uniform; see [BinomialQuantile].
func (s *Stream) Binomial(n int, p float64) int { return BinomialQuantile(s.Uniform(), n, p) }
