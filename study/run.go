package study

import (
	"context"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/gradient"
)

// Result is a finished calibration.
type Result struct {
	Study       *Study
	Calibration *Calibration
	*Fit                        // of the method variational
	Sample      *mcmc.Sample    // of nuts and metropolis
	Population  *abc.Population // of smc-abc
	Posterior   *calibrate.Draws
	Prior       *calibrate.Draws
	Predicted   *calibrate.Predictive // of the posterior draws
	Expected    *calibrate.Predictive // of the prior draws
	Check       *gradient.Report      // at the posterior mean
	Noise       float64               // sd of a simulated likelihood at the same parameters, nats; 0 if it was not measured
	Outset      Outset                // before training
	Widths      []Width               // at weights of the loss over a decade; none for a likelihood
	WidthRuns   int                   // simulations behind the widths

	check *PredictiveCheck // once made
}

// Hooks are told how a calibration gets on; each may be nil.
type Hooks struct {
	Progress func(stage string, done, total int)
	Training func(step calibrate.Step)
	Save     func(calibrate.CampaignState) error // called now and then and when the context ends
}

// progress tells how a stage gets on.
func (h Hooks) progress(stage string, done, total int) {
	if h.Progress != nil {
		h.Progress(stage, done, total)
	}
}

// saveEvery is the number of training steps between two checkpoints.
const saveEvery = 25

// Run calibrates by the study's method and looks at the result: posterior and
// prior draws, what they predict, and the gradient at the posterior mean.
// Training can go on from a state saved earlier: when the context ends, the state
// is saved and the context's error returned. The other methods begin anew.
func (c *Calibration) Run(ctx context.Context, s *Study, from *calibrate.CampaignState, h Hooks) (*Result, error) {
	r := &Result{Study: s, Calibration: c}
	var err error
	if r.Outset, err = c.setOut(ctx); err != nil {
		return nil, err
	}
	switch c.Method {
	case NUTS, Metropolis:
		err = r.sampleChains(ctx, h)
	case SMCABC:
		err = r.sampleParticles(ctx, h)
	default:
		err = r.fit(ctx, from, h)
	}
	if err != nil {
		return nil, err
	}
	r.Prior = calibrate.NewPrior(c.Prior, c.Posterior.PriorDraws, c.Options.Seed)
	if err := r.widen(ctx, h); err != nil {
		return nil, err
	}
	return r, r.lookAhead(ctx, h)
}

// train runs the campaign and saves its state.
func (r *Result) train(ctx context.Context, t *calibrate.Campaign, h Hooks) error {
	save := func() error {
		if h.Save == nil {
			return nil
		}
		return h.Save(t.State())
	}
	var failed error
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	err := t.Run(inner, func(step calibrate.Step) {
		total, done := t.Total()
		if h.Training != nil {
			h.Training(step)
		}
		if h.Progress != nil {
			h.Progress("training", done, total)
		}
		if done%saveEvery == 0 {
			if failed = save(); failed != nil {
				cancel()
			}
		}
	})
	if failed != nil {
		return failed
	}
	r.State = t.State()
	if saved := save(); saved != nil {
		return saved
	}
	return err
}

// lookAhead simulates the draws and checks the gradient.
func (r *Result) lookAhead(ctx context.Context, h Hooks) (err error) {
	c := r.Calibration
	if r.Predicted, err = r.predict(ctx, h, "posterior runs", r.Posterior, calibrate.PosteriorLuck); err != nil {
		return err
	}
	if r.Expected, err = r.predict(ctx, h, "prior runs", r.Prior, calibrate.PriorLuck); err != nil {
		return err
	}
	if err = r.measureNoise(ctx, h); err != nil {
		return err
	}
	if c.Posterior.CheckRuns < 2 || !c.differentiates() || len(c.smoothParameters()) == 0 {
		return nil
	}
	r.Check, err = r.checkGradient(ctx, h)
	return err
}

func (r *Result) predict(ctx context.Context, h Hooks, stage string, d *calibrate.Draws, luck uint64) (*calibrate.Predictive, error) {
	tell := func(done, total int) {
		if h.Progress != nil {
			h.Progress(stage, done, total)
		}
	}
	return r.Calibration.Simulation.Predict(ctx, d, luck, r.Calibration.Options.Workers, tell)
}

// checkGradient compares the estimator that training used with finite
// differences at the posterior mean.
func (r *Result) checkGradient(ctx context.Context, h Hooks) (*gradient.Report, error) {
	c := r.Calibration
	setup, point, err := r.middle()
	if err != nil {
		return nil, err
	}
	p, err := gradient.NewProblem(setup, c.Options.Seed, c.smoothParameters()...)
	if err != nil {
		return nil, err
	}
	for k, name := range r.Posterior.Names {
		if i := c.Setup.Model.Parameter(name); i >= 0 {
			p.Theta[i] = point[k]
		}
	}
	p.Observables, p.Rows = c.Simulation.Grid.Needed()
	if _, few := c.Simulation.Estimator.(gradient.Debiased); few {
		p.Rows = thinned(c.Simulation.Grid.Rows, gradient.MaxEntries/len(p.Observables))
	}
	reference, err := gradient.New("finite-difference", map[string]string{"pilot": "8"})
	if err != nil {
		return nil, err
	}
	found, err := gradient.Check(ctx, p, []gradient.Estimator{c.Simulation.Estimator}, reference,
		gradient.CheckOptions{Samples: c.Posterior.CheckRuns, Workers: c.Options.Workers, Progress: h.Progress})
	if err != nil {
		return nil, err
	}
	found.Rows = slices.DeleteFunc(found.Rows, func(x gradient.Row) bool {
		return !slices.Contains(c.Simulation.Grid.Rows, x.Step)
	})
	return found, nil
}

// differentiates reports whether the method uses gradients of the model.
func (c *Calibration) differentiates() bool {
	return c.Method == NUTS || c.Method == Variational && c.Options.Gradient.Differentiates()
}

// thinned returns at most n of the rows (one at least), evenly spread, with the last.
func thinned(rows []int, n int) []int {
	n = min(max(n, 1), len(rows))
	some := make([]int, n)
	for i := range some {
		some[i] = rows[(i+1)*len(rows)/n-1]
	}
	return some
}

// middle returns the posterior mean, of discrete parameters the most probable
// value, and the model with its settings there.
func (r *Result) middle() (*abm.Setup, []float64, error) {
	var point []float64
	for k, p := range r.Calibration.Parameters {
		draws := r.Posterior.Column(k)
		if p.Law != nil {
			point = append(point, p.mode(draws))
		} else {
			point = append(point, calibrate.Summarise(draws).Mean)
		}
	}
	setup, structure := r.Calibration.Setup, r.Calibration.Simulation.Structure
	if structure == nil {
		return setup, point, nil
	}
	setup, err := structure.Setup(r.Posterior.Names, point)
	return setup, point, err
}

// smoothParameters returns the calibrated parameters in which the model is
// differentiated.
func (c *Calibration) smoothParameters() []string {
	return slices.DeleteFunc(c.modelParameters(), func(name string) bool { return c.Parameters[c.parameter(name)].Law != nil })
}

// modelParameters returns the calibrated parameters that enter the model.
func (c *Calibration) modelParameters() []string {
	var names []string
	for _, p := range c.Parameters {
		if !p.Loss && !p.Setting {
			names = append(names, p.Name)
		}
	}
	return names
}
