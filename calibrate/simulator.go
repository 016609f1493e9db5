package calibrate

// simulator evaluates a [Simulation].
type simulator struct {
	*Simulation
	members []*member
	ofLoss  []int       // index of each calibrated parameter among the loss's own, or -1
	runs    [][]float64 // n × observations of all members
	adjoint [][]float64

	goroutines int // for the replicates of an evaluation

	nuisance, nuisanceAdjoint []float64

	// for estimators with a rule of their own for losses:
	whole          bool // samples are of the loss, not of the Jacobian
	current        int  // replicate that is differentiated
	alternative    []float64
	slopes         [][]float64
	nuisanceSlopes []float64
}

// models returns the members whose runs make a replicate.
func (e *simulator) models() []*member {
	if len(e.Groups) == 0 {
		return []*member{{simulator: e, setup: e.Setup, structure: e.Structure, grid: e.Grid, columns: e.Grid.columnsOf(0)}}
	}
	var all []*member
	for g, x := range e.Groups {
		all = append(all, &member{
			simulator: e, index: g, name: x.Name, setup: x.Setup, structure: x.Structure,
			grid: e.Grid.Of(g), columns: e.Grid.columnsOf(g),
		})
	}
	return all
}

// Evaluate implements [Evaluator]: replicate k takes the luck of run
// luck·n + k; of G groups, the g-th that of run (luck·n + k)·G + g.
func (e *simulator) Evaluate(theta []float64, luck uint64, grad []float64) (Evaluation, error) {
	for _, m := range e.members {
		if err := m.settle(theta); err != nil {
			return Evaluation{}, err
		}
	}
	if grad == nil {
		e.put(theta)
		err := e.simulate(luck)
		if err != nil {
			return Evaluation{}, err
		}
		return Evaluation{e.Loss.Value(e.runs, nil, e.nuisance, nil), e.made()}, nil
	}
	for _, m := range e.members {
		if err := m.needSampler(); err != nil {
			return Evaluation{}, err
		}
		clear(m.gradient)
	}
	e.put(theta)
	v, err := e.differentiate(luck)
	e.take(grad)
	return v, err
}

// made is the number of runs that the loss sees.
func (e *simulator) made() int { return e.Replicates * len(e.members) }

// few reports whether not all replicates are differentiated.
func (e *simulator) few() bool { return e.GradientRuns > 0 && e.GradientRuns < e.Replicates }

// differentiate fills the members' gradients, by all replicates or by a few.
func (e *simulator) differentiate(luck uint64) (Evaluation, error) {
	if err := e.recordAll(luck); err != nil {
		return Evaluation{}, err
	}
	for k := range e.Replicates {
		for _, m := range e.members {
			if err := m.make(luck, k); err != nil {
				return Evaluation{}, err
			}
		}
	}
	v := Evaluation{e.Loss.Value(e.runs, e.adjoint, e.nuisance, e.nuisanceAdjoint), e.made()}
	for _, m := range e.members {
		if err := m.differentiate(luck, &v); err != nil {
			return v, err
		}
		if err := m.followAll(luck); err != nil {
			return v, err
		}
	}
	return v, nil
}

// simulate makes all replicates as plain runs.
func (e *simulator) simulate(luck uint64) error {
	for k := range e.Replicates {
		for _, m := range e.members {
			if err := m.simulate(luck, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close implements [Evaluator].
func (e *simulator) Close() {
	for _, m := range e.members {
		m.close()
	}
}
