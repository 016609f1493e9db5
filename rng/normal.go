package rng

import "gonum.org/v1/gonum/mathext"

// NormalQuantile returns the u-quantile of the standard normal law, to about
// 1e-15 in both tails (Wichura's algorithm AS 241). It panics unless 0 < u < 1.
func NormalQuantile(u float64) float64 {
	requireProbability(u)
	return mathext.NormalQuantile(u)
}

// Normal returns a standard normal draw by inversion of one uniform, hence
// smooth in any parameters it is scaled with.
func (s *Stream) Normal() float64 { return NormalQuantile(s.Uniform()) }

// requireProbability panics unless u lies in the open unit interval.
func requireProbability(u float64) {
	if !(u > 0 && u < 1) {
		panic("rng: a quantile needs a probability strictly between 0 and 1")
	}
}
