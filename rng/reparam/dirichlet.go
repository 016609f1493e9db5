package reparam

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// Dirichlet fills dst with the Jacobian of a draw x of the Dirichlet(alpha) law,
// dst[i*k+j] = dx_i/dα_j for k shapes, and returns it. The draw is given as the
// log-gamma draws log g_j, of shapes α_j, whose softmax it is:
//
//	dx_i/dα_j = x_i (δ_ij − x_j)·d log g_j/dα_j.
//
// A nil dst is allocated. It panics unless logGamma is as long as alpha, dst is
// nil or k² long, alpha is not empty, and each element is as [GammaShapeLog]
// asks.
func Dirichlet(dst, logGamma, alpha []float64) []float64 {
	k := len(alpha)
	if dst == nil {
		dst = make([]float64, k*k)
	}
	if k == 0 || len(logGamma) != k || len(dst) != k*k {
		panic("reparam: Dirichlet needs one log-gamma draw a shape and a square Jacobian")
	}
	x := softmax(logGamma)
	for j, shape := range alpha {
		slope := x[j] * GammaShapeLog(logGamma[j], shape)
		diagonal := 0.0 // minus the rest of its column, as the x_i sum to one
		for i := range alpha {
			dst[i*k+j] = -x[i] * slope
			if i != j {
				diagonal += x[i] * slope
			}
		}
		dst[j*k+j] = diagonal
	}
	return dst
}

func softmax(logs []float64) []float64 {
	x := make([]float64, len(logs))
	whole := floats.LogSumExp(logs)
	for i, l := range logs {
		x[i] = math.Exp(l - whole)
	}
	return x
}
