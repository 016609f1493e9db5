package calibrate

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// simulator evaluates a [Simulation] in one goroutine.
type simulator struct {
	*Simulation
	members []*member
	place   []place
	runs    [][]float64 // n × observations of all members
	adjoint [][]float64

	nuisance, nuisanceAdjoint []float64

	// for estimators with a rule of their own for losses:
	whole          bool // samples are of the loss, not of the Jacobian
	current        int  // replicate that is differentiated
	alternative    []float64
	slopes         [][]float64
	nuisanceSlopes []float64
}

// place says where a calibrated parameter goes: to the loss, to the models of
// members, or, if it is a hyperparameter, nowhere.
type place struct {
	nuisance int // -1 if it is not the loss's
	models   []entry
}

// entry is a parameter of a member: its index among all of the model's and among
// the active ones.
type entry struct {
	*member
	parameter, active int
}

// assign makes the members, places the names and returns those active in each
// member.
func (e *simulator) assign(names []string) (active [][]string, err error) {
	e.members = e.models()
	active = make([][]string, len(e.members))
	for _, name := range names {
		p := place{nuisance: slices.Index(e.Loss.Nuisance(), name)}
		if p.nuisance < 0 && !slices.Contains(e.Hyperparameters, name) {
			parameter, in, err := e.among(name)
			if err != nil {
				return nil, err
			}
			for _, m := range in {
				if slices.Contains(active[m.index], parameter) {
					return nil, fmt.Errorf("%s has two values in group %s", parameter, m.name)
				}
				p.models = append(p.models, entry{m, m.setup.Model.Parameter(parameter), len(active[m.index])})
				active[m.index] = append(active[m.index], parameter)
			}
		}
		e.place = append(e.place, p)
	}
	return active, nil
}

// among returns the parameter that a name means and the members it goes to.
func (e *simulator) among(name string) (parameter string, in []*member, err error) {
	if len(e.Groups) == 0 {
		return name, e.members, nil
	}
	parameter, group := OfGroup(name)
	var groups []string
	for _, m := range e.members {
		groups = append(groups, m.name)
		if group == "" || group == m.name {
			in = append(in, m)
		}
	}
	if len(in) == 0 {
		return "", nil, fmt.Errorf("%s: %w", name, abm.Unknown("group", group, groups))
	}
	return parameter, in, nil
}

// chooseSamplers gives the members samplers of Jacobians, or of the loss of their
// run beside the others if the estimator has a rule for losses.
func (e *simulator) chooseSamplers(active [][]string) (err error) {
	if _, auto := e.Estimator.(gradient.Auto); auto {
		for _, names := range active {
			if !slices.Equal(names, active[0]) {
				return fmt.Errorf("the estimator auto chooses once for all groups, so the same parameters must be calibrated in each")
			}
		}
	}
	if _, e.whole = e.Estimator.(gradient.LossEstimator); e.whole {
		if err := e.simulate(0); err != nil { // what the estimator learns from before its first sample
			return err
		}
	}
	for _, m := range e.members {
		of := e.Estimator
		if e.whole {
			of = gradient.Loss{Objective: m.lossBeside, Estimator: e.Estimator}
		}
		if m.sampler, err = of.Sampler(m.problem); err != nil {
			return err
		}
	}
	return nil
}

func (e *simulator) put(theta []float64) {
	for i, p := range e.place {
		if p.nuisance >= 0 {
			e.nuisance[p.nuisance] = theta[i]
		}
		for _, x := range p.models {
			x.problem.Theta[x.parameter] = theta[i]
		}
	}
}

// take writes the gradient in the calibrated parameters.
func (e *simulator) take(grad []float64) {
	for i, p := range e.place {
		grad[i] = 0
		if p.nuisance >= 0 {
			grad[i] = e.nuisanceAdjoint[p.nuisance]
		}
		for _, x := range p.models {
			grad[i] += x.gradient[x.active]
		}
	}
}

// Evaluate implements [Evaluator]: replicate k takes the luck of run
// luck·n + k; of G groups, the g-th that of run (luck·n + k)·G + g.
func (e *simulator) Evaluate(theta []float64, luck uint64, grad []float64) (Evaluation, error) {
	e.put(theta)
	if grad == nil {
		err := e.simulate(luck)
		if err != nil {
			return Evaluation{}, err
		}
		return Evaluation{e.Loss.Value(e.runs, nil, e.nuisance, nil), e.made()}, nil
	}
	for _, m := range e.members {
		clear(m.gradient)
	}
	v, err := e.differentiate(luck)
	e.take(grad)
	return v, err
}

// made is the number of runs that the loss sees.
func (e *simulator) made() int { return e.Replicates * len(e.members) }

// differentiate fills the members' gradients, by all replicates or by a few.
func (e *simulator) differentiate(luck uint64) (Evaluation, error) {
	few := e.GradientRuns > 0 && e.GradientRuns < e.Replicates
	var err error
	if few || e.whole {
		err = e.simulate(luck)
	} else {
		err = e.sample(luck)
	}
	if err != nil {
		return Evaluation{}, err
	}
	v := Evaluation{e.Loss.Value(e.runs, e.adjoint, e.nuisance, e.nuisanceAdjoint), e.made()}
	for _, m := range e.members {
		switch {
		case few:
			err = m.sampleFew(luck, &v)
		case e.whole:
			err = m.sampleAll(luck, &v)
		default:
			for k := range m.samples {
				m.pull(k)
			}
		}
		if err != nil {
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

// sample makes all replicates with their Jacobians.
func (e *simulator) sample(luck uint64) error {
	for k := range e.Replicates {
		for _, m := range e.members {
			if err := m.sample(luck, k); err != nil {
				return err
			}
			m.observe(e.runs[k], m.samples[k].Series)
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
