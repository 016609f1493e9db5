package prior

// VectorBijector is a smooth one-to-one map from ℝ^In onto a set described by
// Out numbers, such as the simplex. Destinations come first and are
// overwritten; wrong lengths panic.
type VectorBijector interface {
	// In and Out return the lengths of z and θ.
	In() int
	Out() int

	// Forward writes θ(z) and returns log|det ∂θ/∂z|. Where Out > In, the
	// determinant is that of the first In entries of θ.
	Forward(theta, z []float64) (logDet float64)

	// Backward writes the vector–Jacobian product of Forward at z,
	// z̄ = (∂θ/∂z)ᵀ·θ̄ + logDetBar·∂logDet/∂z. theta is what Forward wrote.
	Backward(zbar, z, theta, thetabar []float64, logDetBar float64)

	// Inverse writes z(θ).
	Inverse(z, theta []float64)
}
