package loss

import "fmt"

// Loss is the distance of simulated runs from the data it was built for.
type Loss interface {
	// Value returns the loss of n ≥ 1 runs with the same parameters and, if
	// adjoint is not nil, writes the derivative with respect to runs[i] into
	// adjoint[i]. nuisance holds the values of the parameters named by
	// Nuisance, and their derivatives go to nuisanceAdjoint unless it is nil.
	// Value panics if a shape is wrong.
	Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64

	// Nuisance returns the names of the loss's own parameters, none for most.
	Nuisance() []string

	// String returns the loss with all its settings, as written in a report.
	String() string
}

// Ensemble is implemented by losses that cannot do with any number of runs.
type Ensemble interface {
	// LeastRuns returns the least number of runs; Value panics with fewer.
	LeastRuns() int
}

// LeastRuns returns how many runs a loss needs, 1 unless it says more.
func LeastRuns(l Loss) int {
	if e, ok := l.(Ensemble); ok {
		return e.LeastRuns()
	}
	return 1
}

// checkShapes panics unless the arguments of Value fit together and a run has
// size cells.
func checkShapes(size, nuisances int, runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) {
	if len(runs) == 0 {
		panic("loss: no runs")
	}
	for i, run := range runs {
		wantLen("run", i, len(run), size)
	}
	if adjoint != nil {
		wantLen("adjoint of", len(runs), len(adjoint), len(runs))
	}
	for i, a := range adjoint {
		wantLen("adjoint", i, len(a), size)
	}
	wantLen("nuisance vector", 0, len(nuisance), nuisances)
	if nuisanceAdjoint != nil {
		wantLen("nuisance adjoint", 0, len(nuisanceAdjoint), nuisances)
	}
}

func wantLen(what string, i, got, want int) {
	if got != want {
		panic(fmt.Sprintf("loss: %s %d has length %d, want %d", what, i, got, want))
	}
}
