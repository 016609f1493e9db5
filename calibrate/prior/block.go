package prior

// Block is the prior of one or more parameters together with their
// standardised coordinates z: a [Coordinate], a [Pair], a [Dirichlet], a
// [Hierarchical], or a [Joint] of blocks. Draw and the maps are safe for concurrent use.
//
// Destinations come first and are overwritten; where a slice is returned, nil
// allocates. Wrong lengths panic.
type Block interface {
	// Names returns the parameters' names, in the order of θ.
	Names() []string

	// Dim returns the length of z. It is less than the number of names where
	// parameters are tied, as shares are by their sum.
	Dim() int

	// Constrain writes θ(z) and returns log|det ∂θ/∂z|. Tied parameters count
	// by their first free ones.
	Constrain(theta, z []float64) (logDet float64)

	// Unconstrain writes z(θ): infinite on a bound, NaN outside the support.
	Unconstrain(z, theta []float64)

	// LogDensity returns log π̃(z) = log π(θ(z)) + log|det ∂θ/∂z|, normalised,
	// and writes its gradient to grad unless that is nil.
	LogDensity(grad, z []float64) float64

	// Pull writes z̄ = (∂θ/∂z)ᵀ·θ̄. theta is what Constrain wrote for z.
	Pull(zbar, z, theta, thetabar []float64)

	// Draw writes the prior draw that belongs to Dim uniform numbers in
	// (0, 1), by inversion.
	Draw(theta, u []float64)

	// Saturated returns the number of coordinates swallowed by a bound: those
	// whose logit puts them within 1e-12 of one.
	Saturated(z []float64) int

	// Marginal returns the prior density of the i-th parameter by itself.
	Marginal(i int) Density

	// String returns the prior as it is written in a report.
	String() string
}
