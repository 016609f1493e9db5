package study

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
)

// Fit is a variational posterior with how it was trained.
type Fit struct {
	State  calibrate.CampaignState
	Fitted *calibrate.Fitted
}

// fit trains a flow, from the beginning or from a state saved earlier.
func (r *Result) fit(ctx context.Context, from *calibrate.CampaignState, h Hooks) error {
	c := r.Calibration
	r.Fit = new(Fit)
	t, err := calibrate.NewCampaign(c.Problem(), c.Options)
	if err != nil {
		return err
	}
	defer t.Close()
	if from != nil {
		if err := t.Restore(*from); err != nil {
			return err
		}
	}
	if err := r.train(ctx, t, h); err != nil {
		return err
	}
	if r.Fitted, err = t.Fitted(); err != nil {
		return err
	}
	r.Posterior = r.Fitted.Draw(c.Posterior.Draws, c.Options.Seed)
	return nil
}

// variationally is the view of a fit.
type variationally struct{ *Result }

func (v variationally) cost() int { return v.State.Counts().Runs }

func (v variationally) findings() []Finding {
	all := []Finding{v.findTraining()}
	if f, ok := v.findModes(); ok {
		all = append(all, f)
	}
	if f, ok := v.findRestarts(); ok {
		all = append(all, f)
	}
	if d := v.Importance(); d != nil {
		all = append(all, findImportance(d, v.Noise))
	}
	counts := v.State.Counts()
	if n := counts.NonFinite; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d of %d evaluations of the loss were not finite and were dropped.", n, counts.Evaluated)})
	}
	if n := counts.Skipped; n > 0 {
		all = append(all, Finding{false, fmt.Sprintf("%d training steps had a gradient that was not finite and were left out.", n)})
	}
	if n := counts.Retreats; n > 0 {
		all = append(all, Finding{true, fmt.Sprintf("Training was thrown off %d times and went on from the best so far, with smaller steps.", n)})
	}
	return all
}

func (v variationally) summarise(s *Summary) {
	s.Objective, s.ChosenStep = -v.State.Evidence(), v.State.Main().Best.Step
	s.NonFinite = v.State.Counts().NonFinite
	s.Diagnostics.Importance = v.Importance()
	s.Diagnostics.LastGain = v.lastGain()
	if v.State.Found != nil {
		s.Modes = v.Fitted.Weights
	}
	s.Restarts = v.restarts()
}

// chains is one: the draws are independent.
func (v variationally) chains() int { return 1 }

func (v variationally) statistics() []statistic {
	return append(v.lossStatistics(), statistic{"log_q", v.Posterior.LogQ})
}

func (v variationally) section() (string, []NamedFigure) {
	return "Training", []NamedFigure{{"training", "Objective, expected loss and divergence from the prior over training, with the objective on held-out draws and the iterate that was kept.", v.training()}}
}

func (v variationally) documents() []Document {
	return []Document{{"training.csv", v.writeTraining}, {FitFileName, v.writeFlow}}
}

func (v variationally) settings() []report.Setting {
	return []report.Setting{
		{Name: "Gradient", Value: v.Calibration.Simulation.Estimator.Name()},
		{Name: "Training", Value: fmt.Sprintf("%d steps of %d draws", v.steps(), v.Calibration.Options.Draws)},
	}
}

func (v variationally) origin() string {
	return fmt.Sprintf("From %d independent draws of the fitted distribution.", len(v.Posterior.Theta))
}
