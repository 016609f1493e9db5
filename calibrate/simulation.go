package calibrate

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
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
}

// Evaluator implements [Target]. Every name must be a parameter of the model, a
// nuisance parameter of the loss, or a setting that the structure knows.
func (s *Simulation) Evaluator(names []string) (Evaluator, error) {
	if least := loss.LeastRuns(s.Loss); s.Replicates < least {
		return nil, fmt.Errorf("the loss needs at least %d replicates, there are %d: %v", least, s.Replicates, s.Loss)
	}
	e := &simulator{Simulation: s, names: names, nuisance: make([]float64, len(s.Loss.Nuisance()))}
	e.nuisanceAdjoint = make([]float64, len(e.nuisance))
	e.place = make([]place, len(names))
	e.active = e.assign(names)
	e.worlds.most = mostWorlds
	cells := len(s.Grid.Rows) * len(s.Grid.Observables)
	e.runs, e.adjoint = matrix(s.Replicates, cells), matrix(s.Replicates, cells)
	e.samples = make([]gradient.Sample, s.Replicates)
	e.gradient = make([]float64, len(e.active))
	err := e.enter(s.Structure.baseKey(names), s.Setup)
	if err == nil {
		err = e.needSampler()
	}
	if err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// chosenSampler returns the sampler of Jacobians, or of the loss of a replicate
// beside the others if the estimator has a rule for losses.
func (e *simulator) chosenSampler() (gradient.Sampler, error) {
	if _, own := e.Estimator.(gradient.LossEstimator); !own {
		return e.Estimator.Sampler(e.problem)
	}
	e.whole = true
	if err := e.simulate(0); err != nil { // what the estimator learns from before its first sample
		return nil, err
	}
	return gradient.Loss{Objective: e.lossBeside, Estimator: e.Estimator}.Sampler(e.problem)
}

// lossBeside is the loss as a function of the current replicate alone.
func (e *simulator) lossBeside(series, adjoint []float64) float64 {
	actual := e.runs[e.current]
	defer func() { e.runs[e.current] = actual }()
	e.alternative = e.Grid.Observe(e.alternative, series, e.observables())
	e.runs[e.current] = e.alternative
	if adjoint == nil {
		return e.Loss.Value(e.runs, nil, e.nuisance, nil)
	}
	if e.slopes == nil {
		e.slopes, e.nuisanceSlopes = matrix(e.Replicates, len(actual)), make([]float64, len(e.nuisance))
	}
	v := e.Loss.Value(e.runs, e.slopes, e.nuisance, e.nuisanceSlopes)
	e.Grid.Push(adjoint, e.slopes[e.current], e.observables())
	return v
}

// simulator evaluates a [Simulation] in one goroutine.
type simulator struct {
	*Simulation
	*world   // that of the present settings
	worlds   recent[*world]
	names    []string // of the calibrated parameters
	active   []string // of those in which the model is differentiated
	place    []place
	series   []float64
	runs     [][]float64 // n × observations
	adjoint  [][]float64
	samples  []gradient.Sample
	gradient []float64 // in the active parameters

	nuisance, nuisanceAdjoint []float64

	// for estimators with a rule of their own for losses:
	whole          bool // samples are of the loss, not of the Jacobian
	current        int  // replicate that is differentiated
	alternative    []float64
	slopes         [][]float64
	nuisanceSlopes []float64
}

// Evaluate implements [Evaluator]: replicate k takes the luck of run
// luck·n + k.
func (e *simulator) Evaluate(theta []float64, luck uint64, grad []float64) (Evaluation, error) {
	if err := e.settle(theta); err != nil {
		return Evaluation{}, err
	}
	if grad != nil {
		if err := e.needSampler(); err != nil {
			return Evaluation{}, err
		}
	}
	e.put(theta)
	if grad == nil {
		err := e.simulate(luck)
		if err != nil {
			return Evaluation{}, err
		}
		return Evaluation{e.Loss.Value(e.runs, nil, e.nuisance, nil), e.Replicates}, nil
	}
	clear(e.gradient)
	v, err := e.differentiate(luck)
	for i, p := range e.place {
		switch {
		case p.nuisance >= 0:
			grad[i] = e.nuisanceAdjoint[p.nuisance]
		case p.active >= 0:
			grad[i] = e.gradient[p.active]
		default:
			grad[i] = 0
		}
	}
	return v, err
}

// differentiate fills the gradient, by all replicates or by a few.
func (e *simulator) differentiate(luck uint64) (Evaluation, error) {
	few := e.GradientRuns > 0 && e.GradientRuns < e.Replicates
	var err error
	none := len(e.active) == 0
	if few || e.whole || none {
		err = e.simulate(luck)
	} else {
		err = e.sample(luck)
	}
	if err != nil {
		return Evaluation{}, err
	}
	v := Evaluation{e.Loss.Value(e.runs, e.adjoint, e.nuisance, e.nuisanceAdjoint), e.Replicates}
	switch {
	case none:
		return v, nil
	case few:
		return v, e.sampleFew(luck, &v)
	case e.whole:
		for k := range e.samples {
			if err := e.sampleOne(luck, k, 1, &v); err != nil {
				return v, err
			}
		}
		return v, nil
	}
	for k, x := range e.samples {
		e.Grid.Pull(e.gradient, e.adjoint[k], x.Jacobian, e.observables())
	}
	return v, nil
}

// simulate makes all replicates as plain runs.
func (e *simulator) simulate(luck uint64) error {
	for k := range e.Replicates {
		if err := e.plain.Run(e.problem.Theta, e.problem.Luck(e.run(luck, k))); err != nil {
			return e.explain(err, luck, k)
		}
		e.series = e.plain.Series(e.series)
		e.runs[k] = e.Grid.Observe(e.runs[k], e.series, e.observables())
	}
	return nil
}

// sample makes all replicates with their Jacobians.
func (e *simulator) sample(luck uint64) error {
	for k := range e.Replicates {
		if err := e.sampler.Sample(e.run(luck, k), &e.samples[k]); err != nil {
			return e.explain(err, luck, k)
		}
		e.runs[k] = e.Grid.Observe(e.runs[k], e.samples[k].Series, e.observables())
	}
	return nil
}

// sampleFew differentiates replicates chosen with probability proportional to
// the size of their adjoints.
func (e *simulator) sampleFew(luck uint64, v *Evaluation) error {
	size := make([]float64, e.Replicates)
	for k, a := range e.adjoint {
		size[k] = floats.Norm(a, 2)
	}
	if e.whole { // differences of the loss need not vanish where its slope does
		floats.AddConst(0.1*floats.Sum(size)/float64(len(size)), size)
	}
	spacing := floats.Sum(size) / float64(e.GradientRuns)
	if !(spacing > 0) || math.IsInf(spacing, 0) {
		return nil // nothing to follow, or a loss that is not finite and drops the draw
	}
	next := spacing * e.problem.Luck(e.run(luck, 0)).Uniform(rng.Key{Purpose: choosing, Agent: -1})
	sum := 0.0
	for k := range e.Replicates {
		sum += size[k]
		times := 0.0
		for ; next < sum; next += spacing {
			times++
		}
		if times == 0 {
			continue
		}
		if err := e.sampleOne(luck, k, times*spacing/size[k], v); err != nil {
			return err
		}
	}
	return nil
}

// sampleOne adds the gradient by way of one replicate, with a weight.
func (e *simulator) sampleOne(luck uint64, k int, weight float64, v *Evaluation) error {
	e.current = k
	x := &e.samples[k]
	if err := e.sampler.Sample(e.run(luck, k), x); err != nil {
		return e.explain(err, luck, k)
	}
	v.Runs += int(math.Ceil(x.Runs))
	if e.whole {
		floats.AddScaled(e.gradient, weight, x.Jacobian)
		return nil
	}
	floats.Scale(weight, e.adjoint[k])
	e.Grid.Pull(e.gradient, e.adjoint[k], x.Jacobian, e.observables())
	return nil
}

// choosing is the purpose of the draw that chooses replicates; models' own
// purposes are small numbers.
const choosing = 0xCA11B

func (e *simulator) run(luck uint64, k int) uint64 { return luck*uint64(e.Replicates) + uint64(k) }

func (e *simulator) observables() int { return len(e.Setup.Model.Observables) }

func matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	for i := range m {
		m[i] = make([]float64, columns)
	}
	return m
}
