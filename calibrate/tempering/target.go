package tempering

// Target is the density e^(−ℓ(z))·π̃(z) that is sampled. It has to be a fixed
// function: one that simulates does so with the same luck everywhere.
type Target struct {
	Dim     int
	Workers int // number of evaluations at a time; results do not depend on it

	// Draw writes the draw from the prior that belongs to Dim uniform numbers.
	Draw func(z, u []float64)

	// Evaluate returns log π̃(z) and ℓ(z) and writes their gradients. slope is
	// nil unless moves follow the gradient of the loss. It is called with the
	// number of a worker, 0 … Workers−1. An error ends the sampling; a loss that
	// is not finite counts as infinite.
	Evaluate func(worker int, z, pull, slope []float64) (logPrior, loss float64, err error)

	// Follows says that moves use the gradient of the loss. Otherwise they are
	// random walks.
	Follows bool
}
