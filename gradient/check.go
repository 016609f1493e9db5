package gradient

import (
	"context"
	"errors"
	"math"
	"slices"
)

// Report is what a check found: how each estimator compares with the reference.
type Report struct {
	Model            string           `json:"model"`
	Seed             uint64           `json:"seed"`
	Samples          int              `json:"samples"` // of each estimator
	Reference        string           `json:"reference"`
	ReferenceOptions string           `json:"reference_options,omitempty"` // for who made the reference to fill in
	ReferenceSamples int              `json:"reference_samples"`
	Summary          []Summary        `json:"summary"`
	Truth            []Summary        `json:"reference_summary"` // of the reference itself
	Recommendations  []Recommendation `json:"recommendations"`
	Cost             []Cost           `json:"cost"`
	Audit            *Audit           `json:"audit"`
	Steps            []Step           `json:"finite_difference_steps,omitempty"`
	Choices          []Choice         `json:"choices,omitempty"` // of the estimator auto
	Skipped          []Skipped        `json:"skipped,omitempty"`
	Rows             []Row            `json:"rows"`
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
	Bias        float64 `json:"bias"`    // Estimate − Reference
	BiasSE      float64 `json:"bias_se"` // standard error of Bias
	// MSE is the squared error expected of the mean of as many samples as one
	// second of CPU allows: bias² beyond noise + sd²·seconds a sample.
	MSE float64 `json:"mse_after_a_second"`
	// Carriers is the number of samples that carry the estimate, (Σx²)²/Σx⁴: a
	// third of the samples of a normal law, about 1 if one of them outweighs all
	// others. Few of them do not tell how large the error is.
	Carriers          float64 `json:"carriers"`
	ReferenceCarriers float64 `json:"reference_carriers"`
}

// CheckOptions says how a check is made.
type CheckOptions struct {
	Samples          int // of each estimator; 0 means [DefaultSamples], at least 2
	ReferenceSamples int // of the reference; 0 means as many
	Workers          int // 0 means 1

	// Progress is told how many of a stage's units are done; it may be nil.
	Progress func(stage string, done, total int)
	// Sampled is handed every sample of the estimators, in order; it may be nil.
	Sampled func(e Estimator, i int, s *Sample)
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
// part of the report. Estimators that cannot serve the model are skipped. Before
// all that the model is audited.
func Check(ctx context.Context, p *Problem, estimators []Estimator, reference Estimator, o CheckOptions) (*Report, error) {
	c := &check{p: p, o: o}
	setDefault(&c.o.Samples, DefaultSamples(len(p.Active)))
	setDefault(&c.o.ReferenceSamples, c.o.Samples)
	c.o.Workers = max(1, o.Workers)
	if min(c.o.Samples, c.o.ReferenceSamples) < 2 {
		return nil, errors.New("a check needs at least 2 samples")
	}
	c.report = &Report{Model: p.Setup.Model.Name, Seed: p.Seed, Samples: c.o.Samples,
		Reference: reference.Name(), ReferenceSamples: c.o.ReferenceSamples}
	if err := c.compare(ctx, estimators, reference); err != nil {
		return c.report, err
	}
	return c.report, nil
}

// check is a check under way.
type check struct {
	p      *Problem
	o      CheckOptions
	report *Report
}

func (c *check) compare(ctx context.Context, estimators []Estimator, reference Estimator) error {
	audit, err := c.p.Audit()
	if err != nil {
		return err
	}
	c.report.Audit = audit
	if reference, err = c.ready(ctx, reference, c.o.ReferenceSamples); err != nil {
		return err
	}
	if f, ok := reference.(FiniteDifference); ok {
		c.report.Steps = f.Steps
	}
	if estimators, err = c.applicable(ctx, estimators); err != nil {
		return err
	}
	truth, err := c.sample(ctx, reference, uint64(c.o.Samples), c.o.ReferenceSamples, nil)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(estimators, func(e Estimator) bool { return e.Name() == reference.Name() }) {
		truth.cost.Estimator += " (reference)"
		c.report.Cost[0] = truth.cost
	}
	for _, e := range estimators {
		m, err := c.sample(ctx, e, 0, c.o.Samples, c.o.Sampled)
		if err != nil {
			return err
		}
		c.report.Choices = append(c.report.Choices, Choices(e)...)
		c.add(e.Name(), m, truth)
	}
	c.conclude(truth)
	return nil
}

// applicable returns the estimators that can serve the problem, ready to sample,
// and notes why the others cannot.
func (c *check) applicable(ctx context.Context, estimators []Estimator) ([]Estimator, error) {
	var serve []Estimator
	for _, e := range estimators {
		e, err := c.ready(ctx, e, c.o.Samples)
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

// ready makes e ready for a number of samples and tries whether it can serve the
// problem; the error says why not.
func (c *check) ready(ctx context.Context, e Estimator, samples int) (Estimator, error) {
	if err := c.p.idle(e); err != nil {
		return e, err
	}
	switch x := e.(type) {
	case FiniteDifference:
		setDefault(&x.Samples, samples)
		e = x
	case Auto:
		x.steps = c.report.Steps
		e = x
	}
	e, err := Ready(ctx, c.p, e, c.o.Workers, c.told("tuning "+e.Name()))
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
		if c.o.Progress != nil {
			c.o.Progress(stage, done, total)
		}
	}
}

// sampled is what the samples of an estimator came to.
type sampled struct {
	*Moments
	tails
	cost Cost
}

// sample takes the samples of one estimator and notes their cost.
func (c *check) sample(ctx context.Context, e Estimator, first uint64, samples int, each func(Estimator, int, *Sample)) (sampled, error) {
	timed := &watch{Estimator: e, first: first, every: uint64(max(1, samples/plainRuns))}
	told := c.told(e.Name())
	told(0, samples)
	var all sampled
	m, err := Collect(ctx, c.p, timed, Sampling{
		Samples: samples, First: first, Workers: c.o.Workers,
		Each: func(i int, s *Sample) {
			told(i+1, samples)
			all.tails.add(s)
			if each != nil {
				each(e, i, s)
			}
		},
	})
	if err != nil {
		return all, err
	}
	all.Moments, all.cost = m, timed.cost(m)
	c.report.Cost = append(c.report.Cost, all.cost)
	return all, nil
}

// add appends the rows and summaries of one estimator.
func (c *check) add(estimator string, m, truth sampled) {
	for k := range c.p.Active {
		rows := c.rowsOf(estimator, k, m, truth)
		c.report.Rows = append(c.report.Rows, rows...)
		s := summarise(rows, min(c.o.Samples, c.o.ReferenceSamples), c.doubtful(k))
		s.weigh(rows, m.cost.SecondsPerRun, c.doubtful(k), Unbiased(estimator))
		c.report.Summary = append(c.report.Summary, s)
	}
}

// rowsOf returns the comparison of the derivatives by active parameter k.
func (c *check) rowsOf(estimator string, k int, m, truth sampled) []Row {
	model := c.p.Setup.Model
	var rows []Row
	for _, o := range c.p.observables() {
		for _, t := range c.p.rows() {
			row := newRow(c.p.entry(t, o, k), m, truth)
			row.Estimator, row.Parameter = estimator, model.Parameters[c.p.Active[k]].Name
			row.Observable, row.Step = model.Observables[o].Name, t
			rows = append(rows, row)
		}
	}
	return rows
}

// doubtful returns the share of the peak that the reference's derivative by
// active parameter k may be off by besides its noise.
func (c *check) doubtful(k int) float64 {
	if k >= len(c.report.Steps) {
		return 0
	}
	return c.report.Steps[k].Truncation
}

// newRow returns the numbers of entry i of the Jacobian.
func newRow(i int, m, truth sampled) Row {
	nan := math.NaN()
	r := Row{Estimate: nan, SE: nan, SD: nan, Reference: nan, ReferenceSE: nan, MSE: nan}
	if m.N > 0 {
		r.Estimate, r.SE, r.SD, r.Carriers = m.Mean[i], m.SE(i), m.SD(i), m.carriers(i)
	}
	if truth.N > 0 {
		r.Reference, r.ReferenceSE, r.ReferenceCarriers = truth.Mean[i], truth.SE(i), truth.carriers(i)
	}
	r.Bias, r.BiasSE = r.Estimate-r.Reference, math.Hypot(r.SE, r.ReferenceSE)
	r.MSE = max(0, r.Bias*r.Bias-r.BiasSE*r.BiasSE) + r.SD*r.SD*m.cost.SecondsPerRun
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
