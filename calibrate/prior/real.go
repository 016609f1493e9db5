package prior

// Real is the identity, θ = w.
type Real struct{}

// Forward implements [Bijector].
func (Real) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) { return w, 1, 0, 0 }

// Inverse implements [Bijector].
func (Real) Inverse(theta float64) float64 { return theta }

// Saturated implements [Bijector].
func (Real) Saturated(float64) bool { return false }

func (Real) String() string { return "real" }
