package study

import (
	"context"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/gradient"
)

// Calibration is a study made ready to run.
type Calibration struct {
	Setup      *abm.Setup        // prepared, unless there are groups
	Groups     []calibrate.Group // prepared; none if the data observe one run
	Start      float64           // time of row 0 of a run, in the unit of the data's times
	Step       float64           // time between two rows
	Data       Observations
	Prior      *prior.Joint
	Weight     float64 // λ, nats per unit of loss
	Likelihood bool    // the loss is a negative log-likelihood, of weight 1
	Simulation *calibrate.Simulation
	Options    calibrate.Options
	Parameters []Parameter // in the order of the prior's names
	Posterior  Posterior
	Method     Method
	MCMC       mcmc.Options // of nuts and metropolis
	ABC        abc.Options  // of smc-abc
	Distance   Distance     // of smc-abc; empty: that which suits the loss

	grid      calibrate.Grid
	predicted [][]float64 // prior-predictive runs that the loss asked for
	loss      loss.Loss
	estimator gradient.Estimator
	texts     map[string]texts // what each calibrated setting is given for its values
}

// Posterior says what is made of a finished fit.
type Posterior struct {
	Draws      int // posterior draws, each simulated for the predictive bands
	PriorDraws int // prior draws, simulated for contrast
	CheckRuns  int // runs of the gradient check at the posterior mean

	// WeightSteps is the number of training steps at each of four other weights
	// of a loss that is no likelihood; negative: a twentieth of the fit's, 30 to 60.
	WeightSteps int
}

// Problem returns what a trainer fits.
func (c *Calibration) Problem() calibrate.Problem {
	return calibrate.Problem{Prior: c.Prior, Target: c.Simulation, Weight: c.Weight}
}

// Build makes the study ready to run, on the given number of workers (0: all
// processors). It builds the model's network and, if the loss needs them, makes
// prior-predictive runs; the result is the same for any number of workers. The
// error is a [*Mistake] if the study is to blame.
func (s *Study) Build(ctx context.Context, workers int) (*Calibration, error) {
	c, err := s.assemble()
	if err != nil {
		return nil, err
	}
	if err := s.prepare(c); err != nil {
		return nil, err
	}
	if err := c.tryStructure(); err != nil {
		return nil, err
	}
	c.Options.Workers = workers
	if n := s.spec.Loss.predictive(); n > 0 {
		runs, err := c.predictive(ctx, n, workers)
		if err != nil {
			return nil, err
		}
		c.predicted = runs
		if c.Simulation.Loss, err = s.lossOf(c, c.Data.Data(), runs); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// assemble builds all that needs no run and no network, and so checks the study.
func (s *Study) assemble() (*Calibration, error) {
	c := new(Calibration)
	for _, part := range []func(*Calibration) error{
		s.setUp, s.observe, s.compare, s.believe, s.order, s.know, s.estimate, s.fit, s.sample,
	} {
		if err := part(c); err != nil {
			return nil, err
		}
	}
	shared := s.spec.Loss.shared()
	c.Weight = shared.Weight.value
	c.Likelihood = c.Weight == 1 && loss.IsLikelihood(c.loss)
	runs := c.structured()
	c.Simulation = &calibrate.Simulation{
		Setup: c.Setup, Grid: c.grid, Loss: c.loss, Estimator: c.estimator, Seed: s.Seed(),
		Replicates: shared.Replicates.int(), GradientRuns: shared.GradientRuns.int(),
		Structure: runs[0].Structure, Groups: c.Groups, Hyperparameters: c.hyperparameters(),
	}
	return c, nil
}
