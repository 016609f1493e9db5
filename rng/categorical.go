package rng

import "math"

// Categorical returns the index i at which the running sum of weights passes
// u times their total: i has probability weights[i]/Σweights, and an index of
// weight zero is never returned. It panics unless 0 < u < 1 and the weights are
// non-negative with a positive, finite sum.
func Categorical(u float64, weights []float64) int {
	requireProbability(u)
	target := u * total(weights)
	sum, last := 0.0, 0
	for i, w := range weights {
		if w == 0 {
			continue
		}
		if sum += w; target < sum {
			return i
		}
		last = i
	}
	return last // u·total rounded up to total
}

// Categorical returns an index drawn in proportion to weights; see
// [Categorical].
func (s *Stream) Categorical(weights []float64) int {
	return Categorical(s.Uniform(), weights)
}

func total(weights []float64) float64 {
	sum := 0.0
	for _, w := range weights {
		if !(w >= 0) {
			panic("rng: a categorical weight is negative or not a number")
		}
		sum += w
	}
	if sum == 0 || math.IsInf(sum, 1) {
		panic("rng: categorical weights need a positive, finite sum")
	}
	return sum
}
