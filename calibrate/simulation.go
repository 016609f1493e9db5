package calibrate

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
)

// Simulation is the target that runs an agent-based model and compares it with
// data. If the estimator has a rule of its own for losses
// ([gradient.LossEstimator]: flip, score, debiased, …), the gradient is that of the
// expected loss, unbiased as the estimator is; else the adjoint of the loss is
// carried through the Jacobian of each run.
type Simulation struct {
	Setup      *abm.Setup // prepared; its values hold for parameters not calibrated
	Grid       Grid
	Loss       loss.Loss
	Replicates int                // runs with the same parameters that the loss sees, n ≥ 1
	Estimator  gradient.Estimator // of gradients
	Seed       uint64
	Structure  *Structure // of discrete parameters and settings; nil if there are none

	// GradientRuns is how many of the n replicates are differentiated; 0 means
	// all. Fewer are chosen by systematic sampling with probability
	// proportional to the size of their adjoints and weighted by its inverse,
	// which leaves the gradient's expectation as it is. It pays where the loss
	// gives few replicates most of the weight.
	GradientRuns int

	// Groups, if there are any, are models run side by side in place of Setup and
	// Structure, all of them for each replicate. Grid.Groups says which group a
	// column observes. A parameter goes to all groups, or to one if its name is
	// that of [InGroup].
	Groups []Group

	// Hyperparameters are parameters on which only the prior of others depends: no
	// run sees them.
	Hyperparameters []string
}

// Evaluator implements [Target]. Every name must be a parameter of the model or a
// setting that the structure knows, in one group or in all, a nuisance parameter of
// the loss or a hyperparameter.
func (s *Simulation) Evaluator(names []string) (Evaluator, error) {
	e, err := s.simulator(names)
	if err != nil {
		return nil, err
	}
	return e, nil
}

func (s *Simulation) simulator(names []string) (*simulator, error) {
	if least := loss.LeastRuns(s.Loss); s.Replicates < least {
		return nil, fmt.Errorf("the loss needs at least %d replicates, there are %d: %v", least, s.Replicates, s.Loss)
	}
	e := &simulator{Simulation: s, nuisance: make([]float64, len(s.Loss.Nuisance()))}
	e.nuisanceAdjoint = make([]float64, len(e.nuisance))
	cells := len(s.Grid.Rows) * len(s.Grid.Observables)
	e.runs, e.adjoint = matrix(s.Replicates, cells), matrix(s.Replicates, cells)
	err := e.assign(names)
	for _, m := range e.members {
		if err == nil {
			err = m.begin()
		}
	}
	for _, m := range e.members {
		if err == nil {
			err = m.needSampler()
		}
	}
	if err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

func matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, columns)
	}
	return m
}
