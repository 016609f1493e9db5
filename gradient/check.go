package gradient

import (
	"context"
	"errors"
	"math"
)

// Report is what a check found: how each estimator compares with the reference.
type Report struct {
	Model     string    `json:"model"`
	Seed      uint64    `json:"seed"`
	Samples   int       `json:"samples"`
	Reference string    `json:"reference"`
	Rows      []Row     `json:"rows"`
	Summary   []Summary `json:"summary"`
	Cost      []Cost    `json:"cost"`
	Steps     []Step    `json:"finite_difference_steps,omitempty"`
	Skipped   []Skipped `json:"skipped,omitempty"`
}

// Row compares one derivative: of an observable in the row Step of the series
// with respect to a parameter. It is NaN where no sample was finite.
type Row struct {
	Estimator   string  `json:"estimator"`
	Parameter   string  `json:"parameter"`
	Observable  string  `json:"observable"`
	Step        int     `json:"step"`
	Estimate    float64 `json:"estimate"`
	SE          float64 `json:"se"` // standard error of Estimate
	SD          float64 `json:"sd"` // standard deviation of a single sample
	Reference   float64 `json:"reference"`
	ReferenceSE float64 `json:"reference_se"`
}

// Skipped is an estimator that cannot serve the model, with the reason.
type Skipped struct {
	Estimator string `json:"estimator"`
	Why       string `json:"why"`
}

// CheckOptions says how a check is made.
type CheckOptions struct {
	Samples int // of each estimator and the reference; 0 means 200, at least 2
	Workers int // 0 means 1

	// Progress is told how many of a stage's units are done; it may be nil.
	Progress func(stage string, done, total int)
}

// ErrNone is returned by [Check] when no estimator can serve the model. The
// report says why.
var ErrNone = errors.New("no estimator can serve the model")

// Check samples every estimator and the reference and compares their means. The
// estimators take the luck of runs 0 … Samples−1, the reference that of the runs
// that follow, so that their errors are independent. Plain runs are made in
// between for the ratio of costs.
//
// If the reference is a [FiniteDifference], its steps are tuned first and are
// part of the report. Estimators that cannot serve the model are skipped.
func Check(ctx context.Context, p *Problem, estimators []Estimator, reference Estimator, o CheckOptions) (*Report, error) {
	c := &check{p: p, samples: o.Samples, workers: max(1, o.Workers), progress: o.Progress}
	if c.samples == 0 {
		c.samples = 200
	}
	if c.samples < 2 {
		return nil, errors.New("a check needs at least 2 samples")
	}
	c.report = &Report{Model: p.Setup.Model.Name, Seed: p.Seed, Samples: c.samples, Reference: reference.Name()}
	if err := c.compare(ctx, estimators, reference); err != nil {
		return c.report, err
	}
	return c.report, nil
}

// check is a check under way.
type check struct {
	p        *Problem
	samples  int
	workers  int
	progress func(stage string, done, total int)
	report   *Report
}

func (c *check) compare(ctx context.Context, estimators []Estimator, reference Estimator) error {
	estimators, err := c.applicable(ctx, estimators)
	if err != nil {
		return err
	}
	if reference, err = c.ready(ctx, reference); err != nil {
		return err
	}
	if f, ok := reference.(FiniteDifference); ok {
		c.report.Steps = f.Steps
	}
	truth, err := c.sample(ctx, reference, uint64(c.samples))
	if err != nil {
		return err
	}
	for _, e := range estimators {
		m, err := c.sample(ctx, e, 0)
		if err != nil {
			return err
		}
		c.add(e.Name(), m, truth)
	}
	return nil
}

// applicable returns the estimators that can serve the problem, ready to sample,
// and notes why the others cannot.
func (c *check) applicable(ctx context.Context, estimators []Estimator) ([]Estimator, error) {
	var serve []Estimator
	for _, e := range estimators {
		e, err := c.ready(ctx, e)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			c.report.Skipped = append(c.report.Skipped, Skipped{e.Name(), err.Error()})
		default:
			serve = append(serve, e)
		}
	}
	if len(serve) == 0 {
		return nil, ErrNone
	}
	return serve, nil
}

// ready makes e ready to sample and tries whether it can serve the problem; the
// error says why not.
func (c *check) ready(ctx context.Context, e Estimator) (Estimator, error) {
	if f, ok := e.(FiniteDifference); ok && f.Samples == 0 {
		f.Samples = c.samples
		e = f
	}
	e, err := Ready(ctx, c.p, e, c.workers, c.told("tuning "+e.Name()))
	if err != nil {
		return e, err
	}
	s, err := e.Sampler(c.p)
	if err != nil {
		return e, err
	}
	s.Close()
	return e, nil
}

// told returns the function that passes on how much of a stage is done.
func (c *check) told(stage string) func(done, total int) {
	return func(done, total int) {
		if c.progress != nil {
			c.progress(stage, done, total)
		}
	}
}

// sample takes the samples of one estimator and notes their cost.
func (c *check) sample(ctx context.Context, e Estimator, first uint64) (*Moments, error) {
	watched := &watch{Estimator: e, first: first, every: uint64(max(1, c.samples/plainRuns))}
	told := c.told(e.Name())
	told(0, c.samples)
	m, err := Collect(ctx, c.p, watched, Sampling{
		Samples: c.samples, First: first, Workers: c.workers,
		Each: func(i int, _ *Sample) { told(i+1, c.samples) },
	})
	if err != nil {
		return nil, err
	}
	c.report.Cost = append(c.report.Cost, watched.cost(m))
	return m, nil
}

// add appends the rows and summaries of one estimator.
func (c *check) add(estimator string, m, truth *Moments) {
	model := c.p.Setup.Model
	for k, i := range c.p.Active {
		from := len(c.report.Rows)
		for _, o := range c.p.observables() {
			for _, t := range c.p.rows() {
				row := c.row(c.p.entry(t, o, k), m, truth)
				row.Estimator, row.Parameter = estimator, model.Parameters[i].Name
				row.Observable, row.Step = model.Observables[o].Name, t
				c.report.Rows = append(c.report.Rows, row)
			}
		}
		c.report.Summary = append(c.report.Summary, summarise(c.report.Rows[from:], c.samples, c.doubtful(k)))
	}
}

// doubtful returns the share of the peak that the reference's derivative by
// active parameter k may be off by besides its noise.
func (c *check) doubtful(k int) float64 {
	if k >= len(c.report.Steps) {
		return 0
	}
	return c.report.Steps[k].Truncation
}

// row returns the numbers of entry i of the Jacobian.
func (c *check) row(i int, m, truth *Moments) Row {
	nan := math.NaN()
	r := Row{Estimate: nan, SE: nan, SD: nan, Reference: nan, ReferenceSE: nan}
	if m.N > 0 {
		r.Estimate, r.SE, r.SD = m.Mean[i], m.SE(i), m.SD(i)
	}
	if truth.N > 0 {
		r.Reference, r.ReferenceSE = truth.Mean[i], truth.SE(i)
	}
	return r
}

// observables returns the indices of the observables recorded.
func (p *Problem) observables() []int {
	return orAll(p.Observables, len(p.Setup.Model.Observables))
}

// rows returns the rows recorded.
func (p *Problem) rows() []int { return orAll(p.Rows, p.Setup.Steps()) }

// entry returns the place of row t, observable o and active parameter k in a
// Jacobian.
func (p *Problem) entry(t, o, k int) int {
	_, observables, active := p.Shape()
	return (t*observables+o)*active + k
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
