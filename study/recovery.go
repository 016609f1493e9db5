package study

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
)

// Recovery is simulation-based calibration (Talts, Betancourt, Simpson, Vehtari
// and Gelman 2018): parameters are drawn from the prior, the model makes data at
// them, and the study is fitted to those. Were every fit the exact posterior of
// a likelihood, the rank of the true value among posterior draws would be
// uniform.
type Recovery struct {
	Study  *Study
	Weight float64 // of the loss
	Names  []string
	Fits   []calibrate.Ranked // those that came to an end
	Failed int                // the others
	Band   *calibrate.Uniformity

	likelihood bool
}

// RecoveryDraws is the number of posterior draws that a truth is ranked among.
const RecoveryDraws = 99

// recoveryLuck is the luck of the data of the first fit.
const recoveryLuck = calibrate.CheckLuck << 2

// RecoveryState is what a recovery has done so far: its first fits, nil where
// one failed.
type RecoveryState struct {
	Fits []*calibrate.Ranked `json:"fits"`
}

// RecoveryHooks are told how a recovery gets on; each may be nil.
type RecoveryHooks struct {
	Progress func(done, total int)
	Save     func(RecoveryState) error // called after each fit
}

// Recover fits the study to n data sets of its own, several fits at a time, from
// the beginning or from a state saved earlier. The result depends on neither.
func (c *Calibration) Recover(ctx context.Context, s *Study, n int, from *RecoveryState, h RecoveryHooks) (*Recovery, error) {
	workers := c.Options.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	truth := calibrate.NewPrior(c.Prior, n, c.Options.Seed+1)
	box := calibrate.NewBox(truth.Theta)
	var done RecoveryState
	if from != nil {
		done.Fits = append(done.Fits, from.Fits[:min(n, len(from.Fits))]...)
	}
	begun := len(done.Fits)
	err := abm.Ordered(ctx, workers, n-begun,
		func(_, i int) (*calibrate.Ranked, error) {
			return c.recover(ctx, s, truth.Theta[begun+i], box, begun+i)
		},
		func(_ int, fit *calibrate.Ranked) error {
			done.Fits = append(done.Fits, fit)
			return h.told(done, n)
		})
	if err != nil {
		return nil, err
	}
	return c.recovery(s, done)
}

// told reports a fit that is done.
func (h RecoveryHooks) told(done RecoveryState, total int) error {
	if h.Progress != nil {
		h.Progress(len(done.Fits), total)
	}
	if h.Save == nil {
		return nil
	}
	return h.Save(done)
}

// recovery returns the result of the fits.
func (c *Calibration) recovery(s *Study, done RecoveryState) (*Recovery, error) {
	r := &Recovery{Study: s, Weight: c.Weight, Names: c.Prior.Names(), likelihood: c.Likelihood}
	for _, fit := range done.Fits {
		if fit == nil {
			r.Failed++
		} else {
			r.Fits = append(r.Fits, *fit)
		}
	}
	if len(r.Fits) == 0 {
		return nil, fmt.Errorf("none of the %d fits to the study's own data came to an end", r.Failed)
	}
	r.Band = calibrate.NewUniformity(len(r.Fits), RecoveryDraws+1, c.Options.Seed)
	return r, nil
}

// recover makes data at the truth, fits them and ranks the truth; nil if the fit
// fails.
func (c *Calibration) recover(ctx context.Context, s *Study, truth []float64, box calibrate.Box, i int) (*calibrate.Ranked, error) {
	at := &calibrate.Draws{Names: c.Prior.Names(), Theta: [][]float64{truth}}
	made, err := c.Simulation.Source().Predict(ctx, at, recoveryLuck+uint64(i), 1, nil)
	if err != nil {
		return nil, err
	}
	data := c.Data.Data()
	data.Values = made.Runs[0]
	for cell, y := range c.Data.Values {
		if math.IsNaN(y) {
			data.Values[cell] = math.NaN()
		}
	}
	model, options := *c.Simulation, c.Options
	if model.Loss, err = s.lossOf(c, data, c.predicted); err != nil {
		return nil, nil // the data cannot be compared with, such as a column without any
	}
	options.Workers, options.Seed = 1, c.Options.Seed+uint64(i)+1
	model.Seed = options.Seed // fits that shared their luck would err together
	fit, _, err := calibrate.Fit(ctx, calibrate.Problem{Prior: c.Prior, Target: &model, Weight: c.Weight}, options)
	if err != nil {
		return nil, ctx.Err() // too few finite losses
	}
	ranked := fit.Rank(truth, box, RecoveryDraws, options.Seed)
	return &ranked, nil
}
