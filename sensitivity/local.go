package sensitivity

import (
	"context"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// LocalOptions are the options of [LocalOf]. Zero values are the defaults.
type LocalOptions struct {
	Runs      int         // 0 means 100
	At        [][]float64 // values of all parameters to average over, taken in turn; nil: the problem's own
	SD        []float64   // prior standard deviations of the active parameters; nil: no effects, ranks by elasticity
	Resamples int         // of the bootstrap; 0 means 400
	Workers   int

	// Told hears how many runs are done; it may be nil.
	Told func(done, total int)
}

// Local is how the mean of each observable in each row depends on each
// parameter. Lists over rows, observables and parameters are T × C × P,
// row-major.
type Local struct {
	Parameters  []string
	Observables []string
	Rows        int
	Runs        int
	Left        int       // runs left out because a derivative was not finite
	Mean        []float64 // T × C
	MeanSE      []float64

	Derivative Estimates // d E[y]/dθ
	Elasticity Estimates // θ/E[y] · d E[y]/dθ; NaN where E[y] is zero
	Effect     Estimates // d E[y]/dθ times the prior standard deviation; empty without

	Influence [][]Influence // observable × parameter
	Cost      Cost
}

// Estimates are means over runs with their standard errors, which come from the
// spread of up to 64 batches of runs.
type Estimates struct{ Mean, SE []float64 }

// maxBatches bounds the batches of runs whose means are kept.
const maxBatches = 64

// LocalOf averages an estimator's Jacobian over runs, at the problem's parameters
// or at several draws of them, as of a posterior or prior. Then derivatives are
// means over the draws, and an elasticity is the mean of θ·dy/dθ over the mean of
// y. Run i takes the luck of run i and draw i modulo their number.
func LocalOf(ctx context.Context, p *gradient.Problem, e gradient.Estimator, o LocalOptions) (*Local, error) {
	setDefault(&o.Runs, 100)
	setDefault(&o.Resamples, 400)
	if o.Runs < 2 {
		return nil, errors.New("at least 2 runs are needed for standard errors")
	}
	l := &local{Problem: p, o: o, observables: orAll(p.Observables, len(p.Setup.Model.Observables))}
	l.rows, _, l.parameters = p.Shape()
	if err := l.collect(ctx, e); err != nil {
		return nil, err
	}
	if l.kept < 2 {
		return nil, errors.New("fewer than two runs gave finite derivatives; try another estimator")
	}
	return l.result(), nil
}

func orAll(chosen []int, n int) []int {
	if chosen != nil {
		return chosen
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// local is a collection under way.
type local struct {
	*gradient.Problem
	o                LocalOptions
	observables      []int
	rows, parameters int
	batches          []batch
	kept, left       int
	runs             float64
}

// batch holds sums over runs.
type batch struct {
	n        float64
	series   []float64 // T × C
	jacobian []float64 // T × C × P
	scaled   []float64 // θ times the Jacobian, if θ changes from run to run
}

// localWorker samples in one goroutine at changing parameters.
type localWorker struct {
	problem gradient.Problem
	sampler gradient.Sampler
}

// collect samples all runs.
func (l *local) collect(ctx context.Context, e gradient.Estimator) error {
	workers := make([]*localWorker, max(1, l.o.Workers))
	for k := range workers {
		w := &localWorker{problem: *l.Problem}
		w.problem.Theta = slices.Clone(l.Theta)
		l.move(w.problem.Theta, 0)
		sampler, err := e.Sampler(&w.problem)
		if err != nil {
			return err
		}
		defer sampler.Close()
		w.sampler = sampler
		workers[k] = w
	}
	l.batches = make([]batch, min(l.o.Runs, maxBatches))
	return abm.Ordered(ctx, len(workers), l.o.Runs,
		func(worker, i int) (*gradient.Sample, error) {
			w := workers[worker]
			l.move(w.problem.Theta, i)
			s := &gradient.Sample{Series: []float64{}}
			return s, w.sampler.Sample(uint64(i), s)
		},
		func(i int, s *gradient.Sample) error {
			l.add(i, s)
			if l.o.Told != nil {
				l.o.Told(i+1, l.o.Runs)
			}
			return nil
		})
}

// move gives the parameters their values in run i.
func (l *local) move(theta []float64, i int) {
	if l.o.At != nil {
		copy(theta, l.o.At[i%len(l.o.At)])
	}
}

// add takes a run into account.
func (l *local) add(i int, s *gradient.Sample) {
	l.runs += s.Runs
	if sum := floats.Sum(s.Jacobian) + floats.Sum(s.Series); sum-sum != 0 {
		l.left++
		return
	}
	l.kept++
	b := &l.batches[i*len(l.batches)/l.o.Runs]
	if b.series == nil {
		cells := l.rows * len(l.observables)
		b.series, b.jacobian = make([]float64, cells), make([]float64, cells*l.parameters)
		if l.o.At != nil {
			b.scaled = make([]float64, cells*l.parameters)
		}
	}
	b.n++
	all := len(l.Setup.Model.Observables)
	for cell := range b.series {
		from := cell/len(l.observables)*all + l.observables[cell%len(l.observables)]
		b.series[cell] += s.Series[from]
		for k := range l.parameters {
			d := s.Jacobian[from*l.parameters+k]
			b.jacobian[cell*l.parameters+k] += d
			if b.scaled != nil {
				b.scaled[cell*l.parameters+k] += d * l.o.At[i%len(l.o.At)][l.Active[k]]
			}
		}
	}
}

// result returns the derivatives in all their forms.
func (l *local) result() *Local {
	l.batches = slices.DeleteFunc(l.batches, func(b batch) bool { return b.n == 0 })
	r := &Local{Rows: l.rows, Runs: l.o.Runs, Left: l.left, Observables: observableNames(l.Problem, l.observables)}
	for _, i := range l.Active {
		r.Parameters = append(r.Parameters, l.Setup.Model.Parameters[i].Name)
	}
	series := l.estimate(func(b *batch) []float64 { return b.series })
	r.Mean, r.MeanSE = series.Mean, series.SE
	r.Derivative = l.estimate(func(b *batch) []float64 { return b.jacobian })
	r.Elasticity = l.elasticity(r)
	if l.o.SD != nil {
		r.Effect = l.effect(r.Derivative)
	}
	r.Influence = l.influence(r)
	r.Cost = Cost{
		Runs: l.runs, Alternative: "central differences, one parameter at a time, in as many runs",
		AlternativeRuns: float64(l.o.Runs * 2 * l.parameters),
	}
	return r
}

// estimate returns the mean over runs of what batches sum, with its standard
// error.
func (l *local) estimate(of func(*batch) []float64) Estimates {
	e := Estimates{Mean: make([]float64, len(of(&l.batches[0])))}
	e.SE = make([]float64, len(e.Mean))
	n := float64(l.kept)
	for k := range l.batches {
		floats.AddScaled(e.Mean, 1/n, of(&l.batches[k]))
	}
	for k := range l.batches {
		b := &l.batches[k]
		for i, sum := range of(b) {
			d := sum - b.n*e.Mean[i]
			e.SE[i] += d * d
		}
	}
	batches := float64(len(l.batches))
	for i, v := range e.SE {
		e.SE[i] = math.Sqrt(v*batches/(batches-1)) / n
	}
	return e
}

// elasticity returns the ratio of means of θ·dy/dθ and y; its standard error is
// that of the linearised ratio.
func (l *local) elasticity(r *Local) Estimates {
	ratio := make([]float64, len(r.Derivative.Mean))
	scaled := func(b *batch, i int) float64 {
		if b.scaled != nil {
			return b.scaled[i]
		}
		return b.jacobian[i] * l.Theta[l.Active[i%l.parameters]]
	}
	for i := range ratio {
		for k := range l.batches {
			ratio[i] += scaled(&l.batches[k], i) / float64(l.kept)
		}
		if ratio[i] /= r.Mean[i/l.parameters]; r.Mean[i/l.parameters] == 0 {
			ratio[i] = math.NaN()
		}
	}
	e := l.estimate(func(b *batch) []float64 {
		part := make([]float64, len(ratio))
		for i := range part {
			cell := i / l.parameters
			part[i] = (scaled(b, i) - ratio[i]*b.series[cell]) / r.Mean[cell]
		}
		return part
	})
	e.Mean = ratio
	return e
}

// effect returns the derivatives times the standard deviations.
func (l *local) effect(d Estimates) Estimates {
	e := Estimates{slices.Clone(d.Mean), slices.Clone(d.SE)}
	for i := range e.Mean {
		e.Mean[i] *= l.o.SD[i%l.parameters]
		e.SE[i] *= l.o.SD[i%l.parameters]
	}
	return e
}

// resampled calls each with mean derivatives of resamples of the batches.
func (l *local) resampled(each func(mean []float64)) {
	mean := make([]float64, len(l.batches[0].jacobian))
	for k := range l.o.Resamples {
		luck := rng.Seed{Master: l.Seed, Run: uint64(k)}.Stream(rng.Key{Purpose: resampling})
		clear(mean)
		n := 0.0
		for range l.batches {
			b := &l.batches[luck.IntN(len(l.batches))]
			floats.Add(mean, b.jacobian)
			n += b.n
		}
		floats.Scale(1/n, mean)
		each(mean)
	}
}
