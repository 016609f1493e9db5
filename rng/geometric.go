package rng

import "math"

// GeometricQuantile returns the u-quantile of the number of failures before the
// first success when each trial succeeds with probability p: the least k ≥ 0
// with 1 − (1−p)^{k+1} ≥ u. It falls in p and rises in u; a result beyond
// the largest int is that int. It panics unless 0 < u < 1 and 0 < p ≤ 1.
func GeometricQuantile(u, p float64) int {
	requireProbability(u)
	if !(p > 0 && p <= 1) {
		panic("rng: a geometric law needs a success probability in (0, 1]")
	}
	trials := math.Ceil(math.Log1p(-u) / math.Log1p(-p))
	switch {
	case trials <= 1:
		return 0
	case trials >= math.MaxInt:
		return math.MaxInt
	}
	return int(trials) - 1
}

// Geometric returns the number of failures before the first success, by
// inversion of one uniform; see [GeometricQuantile].
func (s *Stream) Geometric(p float64) int { return GeometricQuantile(s.Uniform(), p) }
