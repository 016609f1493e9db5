package sensitivity

// Function is what a global method explores: outputs that depend on a point of a
// space and, for a random one, on luck.
type Function interface {
	Space() Space
	Outputs() int
	Output(k int) string // in words, for warnings
	Random() bool        // whether luck matters
	Worker() (Worker, error)
}

// Worker evaluates a function in one goroutine.
type Worker interface {
	// Evaluate writes the outputs at x with the luck of a run.
	Evaluate(y, x []float64, run uint64) error
	Close()
}

// Smooth is a function with derivatives, or unbiased estimates of the
// derivatives of its mean over luck.
type Smooth interface {
	Function
	SlopeWorker() (SlopeWorker, error)
}

// SlopeWorker differentiates a function in one goroutine.
type SlopeWorker interface {
	// Slopes writes the outputs at x with the luck of a run, and estimates of
	// their derivatives by the values of x, outputs × names. It returns the
	// number of plain runs' worth of work.
	Slopes(y, dy, x []float64, run uint64) (runs float64, err error)
	Close()
}
