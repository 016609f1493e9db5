package rng

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Dirichlet fills dst with a draw of the Dirichlet(alpha) law, a point of the
// simplex, and returns it: the softmax of LogGamma(alpha[0]), LogGamma(alpha[1]),
// … drawn in this order. A nil dst is allocated. It panics unless alpha is not
// empty, its elements are positive and finite, and dst is nil or as long as
// alpha.
func (s *Stream) Dirichlet(dst, alpha []float64) []float64 {
	if len(alpha) == 0 {
		panic("rng: a Dirichlet law needs at least one shape")
	}
	if dst == nil {
		dst = make([]float64, len(alpha))
	}
	if len(dst) != len(alpha) {
		panic("rng: Dirichlet destination and shapes differ in length")
	}
	for i, shape := range alpha {
		dst[i] = s.LogGamma(shape)
	}
	whole := floats.LogSumExp(dst)
	for i, logGamma := range dst {
		dst[i] = math.Exp(logGamma - whole)
	}
	return dst
}
