package study

import (
	"context"

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
	r.Check, err = r.checkGradients(ctx, h)
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

// differentiates reports whether the method uses gradients of the model.
func (c *Calibration) differentiates() bool {
	return c.Method == NUTS || c.Method == Variational && c.Options.Gradient.Differentiates()
}
