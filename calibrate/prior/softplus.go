package prior

import "math"

// Softplus maps onto θ > 0 by θ = log(1+e^w): like e^w far below zero, like w
// far above.
type Softplus struct{}

// Forward implements [Bijector].
func (Softplus) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	return softplus(w), sigmoid(w), -softplus(-w), sigmoid(-w)
}

// Inverse implements [Bijector].
func (Softplus) Inverse(theta float64) float64 {
	return theta + math.Log(-math.Expm1(-theta))
}

// Saturated implements [Bijector].
func (Softplus) Saturated(float64) bool { return false }

func (Softplus) String() string { return "softplus" }
