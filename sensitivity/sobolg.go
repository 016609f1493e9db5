package sensitivity

import (
	"fmt"
	"math"
)

// SobolG returns Sobol's G-function Π (|4x_i − 2| + a_i)/(1 + a_i) with inputs
// uniform between 0 and 1. The smaller a_i, the more input i matters; usual
// values are 0, 1, 4.5, 9, 99, 99, 99, 99. It panics unless every a_i ≥ 0.
//
// Source: Saltelli and Sobol' (1995).
func SobolG(a ...float64) *TestFunction {
	f := &TestFunction{Name: "Sobol' G", Mean: 1, Second: matrix(len(a))}
	partial := make([]float64, len(a))
	product := 1.0
	for i, ai := range a {
		if !(ai >= 0) {
			panic(fmt.Sprintf("sensitivity: the G-function needs a ≥ 0, not %g", ai))
		}
		f.Inputs = append(f.Inputs, Uniform(fmt.Sprintf("x%d", i+1), 0, 1))
		partial[i] = 1 / (3 * (1 + ai) * (1 + ai))
		product *= 1 + partial[i]
	}
	f.Variance = product - 1
	for i, v := range partial {
		f.First = append(f.First, v/f.Variance)
		f.Total = append(f.Total, v*product/(1+v)/f.Variance)
		for j := range i {
			f.Second[j][i] = v * partial[j] / f.Variance
		}
	}
	f.Value = func(x []float64) float64 {
		p := 1.0
		for i, ai := range a {
			p *= (math.Abs(4*x[i]-2) + ai) / (1 + ai)
		}
		return p
	}
	f.Gradient = func(dst, x []float64) {
		for k, ak := range a {
			dst[k] = math.Copysign(4/(1+ak), x[k]-.5)
			for i, ai := range a {
				if i != k {
					dst[k] *= (math.Abs(4*x[i]-2) + ai) / (1 + ai)
				}
			}
		}
	}
	return f
}
