package rng

import "math"

// ExponentialQuantile returns the u-quantile −log(1−u) of the exponential law
// with mean 1. It panics unless 0 < u < 1.
func ExponentialQuantile(u float64) float64 {
	requireProbability(u)
	return -math.Log1p(-u)
}

// Exponential returns a draw of the exponential law with mean 1, by inversion
// of one uniform.
func (s *Stream) Exponential() float64 { return ExponentialQuantile(s.Uniform()) }
