package figure

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// subject is what a figure differentiates: one observable of a problem.
type subject struct {
	problem    *gradient.Problem
	observable int
	options    Options
	about      string // told with the progress
}

// method is an estimator to sample.
type method struct {
	label     string // "" is the estimator's name
	estimator string
	options   map[string]string
	samples   int // at scale 1
}

// name returns what the method is called in a figure.
func (m method) name() string {
	if m.label != "" {
		return m.label
	}
	return m.estimator
}

// derivatives are samples of an estimator: the derivatives of the subject's
// observable by parameter k in row t.
type derivatives struct {
	name     string
	samples  int
	runs     float64       // plain runs' worth of simulations that a sample took
	mean, se [][]float64   // [k][t]
	sd       [][]float64   // of a single sample
	draws    [][][]float64 // [k][t][sample]
}

// parameters returns the names of those differentiated by.
func (s *subject) parameters() []string {
	var names []string
	for _, i := range s.problem.Active {
		names = append(names, s.problem.Setup.Model.Parameters[i].Name)
	}
	return names
}

// observed returns the name of the observable.
func (s *subject) observed() string {
	return s.problem.Setup.Model.Observables[s.observable].Name
}

// sample takes the samples of a method, of runs 0 and following.
func (s *subject) sample(ctx context.Context, m method) (*derivatives, error) {
	e, err := gradient.New(m.estimator, m.options)
	if err != nil {
		return nil, err
	}
	return s.collect(ctx, m.name(), e, m.samples, 0)
}

// referenceRuns is the first run of the reference, beyond those of the
// estimators, so that their errors are independent.
const referenceRuns = 1 << 32

// collect takes the samples of an estimator, from run first on.
func (s *subject) collect(ctx context.Context, name string, e gradient.Estimator, samples int, first uint64) (*derivatives, error) {
	rows, _, active := s.problem.Shape()
	d := &derivatives{name: name, draws: make([][][]float64, active)}
	for k := range d.draws {
		d.draws[k] = make([][]float64, rows)
	}
	total := s.options.samples(samples)
	told := s.options.told(fmt.Sprintf("%s: %s", s.about, name))
	m, err := gradient.Collect(ctx, s.problem, e, gradient.Sampling{
		Samples: total, First: first, Workers: s.options.Workers,
		Each: func(i int, x *gradient.Sample) {
			told(i+1, total)
			s.each(func(k, t, at int) { d.draws[k][t] = append(d.draws[k][t], x.Jacobian[at]) })
		},
	})
	if err != nil {
		return nil, err
	}
	if m.N == 0 {
		return nil, fmt.Errorf("no sample of %s was finite", name)
	}
	d.samples, d.runs = m.N, m.Runs
	d.mean, d.se, d.sd = grid(active, rows), grid(active, rows), grid(active, rows)
	s.each(func(k, t, at int) { d.mean[k][t], d.se[k][t], d.sd[k][t] = m.Mean[at], m.SE(at), m.SD(at) })
	return d, nil
}

// each calls f for every parameter k and row t with the place of the
// observable's derivative in a Jacobian.
func (s *subject) each(f func(k, t, at int)) {
	rows, observables, active := s.problem.Shape()
	for t := range rows {
		for k := range active {
			f(k, t, (t*observables+s.observable)*active+k)
		}
	}
}

func grid(n, m int) [][]float64 {
	g := make([][]float64, n)
	for i := range g {
		g[i] = make([]float64, m)
	}
	return g
}

// estimate returns the derivatives by parameter k with their errors.
func (d *derivatives) estimate(k int) report.Estimate {
	return report.Estimate{Name: d.name, Mean: d.mean[k], StdErr: d.se[k]}
}

// boxes returns the single samples of the derivative by parameter k in every
// n-th row.
func (d *derivatives) boxes(k, n int) []report.Box {
	var boxes []report.Box
	for t := 0; t < len(d.draws[k]); t += n {
		boxes = append(boxes, report.Box{Step: float64(t), Draws: d.draws[k][t]})
	}
	return boxes
}

// count returns 0, 1 … n−1.
func count(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64(i)
	}
	return x
}
