package optim

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Clip shortens a gradient in place to Euclidean norm limit if it is longer,
// and returns the norm it had. A gradient with a norm that is not finite is
// left as it is, so that the caller can drop the step. Clip panics unless limit
// is positive; an infinite limit only measures.
func Clip(grad []float64, limit float64) (norm float64) {
	if !(limit > 0) {
		panic(fmt.Sprintf("optim: a norm must be limited to a positive number, is %v", limit))
	}
	norm = floats.Norm(grad, 2)
	if norm > limit && !math.IsInf(norm, 1) {
		floats.Scale(limit/norm, grad)
	}
	return norm
}
