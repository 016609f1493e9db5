package flow

import "math"

// softplus is log(1 + eᵛ), to an absolute error of 10⁻¹⁶: it is only used on
// top of a larger floor.
func softplus(v float64) float64 {
	return max(v, 0) + math.Log(1+math.Exp(-math.Abs(v)))
}

// sigmoid is the derivative of softplus.
func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// unitSoftplus solves softplus(v) + floor = 1 for v.
func unitSoftplus(floor float64) float64 { return math.Log(math.Expm1(1 - floor)) }
