package prior

import "math"

// Positive maps onto θ > 0 by θ = e^w.
type Positive struct{}

// Forward implements [Bijector].
func (Positive) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	e := math.Exp(w)
	return e, e, w, 1
}

// Inverse implements [Bijector].
func (Positive) Inverse(theta float64) float64 { return math.Log(theta) }

// Saturated implements [Bijector].
func (Positive) Saturated(float64) bool { return false }

func (Positive) String() string { return "positive" }
