package calibrate

import "github.com/nudge-abm/nudge/gradient"

// Model makes artificial data. [Simulation] is one.
type Model interface {
	// Generator returns the state that one goroutine needs to make data at
	// parameters in the order of names.
	Generator(names []string) (Generator, error)
}

// Generator makes artificial data in one goroutine.
type Generator interface {
	// Generate returns data made at θ under the luck of the index, and the
	// simulations it took. An error ends the calibration.
	Generate(theta []float64, luck uint64) (data []float64, runs int, err error)
	// Close frees what the generator holds.
	Close()
}

// Generator implements [Model]. The data are a single run or, where the loss
// compares the mean of the replicates, that mean, with the noise of observation
// that the loss stands for if it is a likelihood.
func (s *Simulation) Generator(names []string) (Generator, error) {
	one := *s
	one.Estimator, one.GradientRuns = gradient.StraightThrough{}, 0
	if !s.observesMean() {
		one.Replicates = 1
	}
	e, err := one.Evaluator(names)
	if err != nil {
		return nil, err
	}
	return generator{e.(*simulator)}, nil
}

// generator makes the data of a [Simulation].
type generator struct{ *simulator }

// Generate implements [Generator].
func (g generator) Generate(theta []float64, luck uint64) ([]float64, int, error) {
	for _, m := range g.members {
		if err := m.settle(theta); err != nil {
			return nil, 0, err
		}
	}
	g.put(theta)
	if err := g.simulate(luck); err != nil {
		return nil, 0, err
	}
	return g.observed(luck)[0], g.made(), nil
}
