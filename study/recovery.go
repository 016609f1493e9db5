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
	Names  []string
	Truth  [][]float64 // fits × parameters
	Ranks  [][]int     // parameters × fits: draws below the truth, 0 … RecoveryDraws
	Failed int         // fits that failed; they are left out
	Band   *calibrate.Uniformity
}

// RecoveryDraws is the number of posterior draws that a truth is ranked among.
const RecoveryDraws = 99

// recoveryLuck is the luck of the data of the first fit.
const recoveryLuck = calibrate.CheckLuck << 2

// Recover fits the study to n data sets of its own, several fits at a time. The
// result does not depend on how many. tell, if not nil, is told how many are
// done.
func (c *Calibration) Recover(ctx context.Context, s *Study, n int, tell func(done, total int)) (*Recovery, error) {
	workers := c.Options.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	truth := calibrate.NewPrior(c.Prior, n, c.Options.Seed+1)
	r := &Recovery{Names: truth.Names, Ranks: make([][]int, len(truth.Names))}
	err := abm.Ordered(ctx, workers, n,
		func(_, i int) ([]int, error) { return c.recover(ctx, s, truth.Theta[i], i) },
		func(i int, ranks []int) error {
			if ranks == nil {
				r.Failed++
			} else {
				r.Truth = append(r.Truth, truth.Theta[i])
				for k, rank := range ranks {
					r.Ranks[k] = append(r.Ranks[k], rank)
				}
			}
			if tell != nil {
				tell(i+1, n)
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	if len(r.Truth) == 0 {
		return nil, fmt.Errorf("none of the %d fits to the study's own data came to an end", n)
	}
	r.Band = calibrate.NewUniformity(len(r.Truth), RecoveryDraws+1, c.Options.Seed)
	return r, nil
}

// recover makes data at the truth, fits them and returns the ranks of the truth;
// nil if the fit fails.
func (c *Calibration) recover(ctx context.Context, s *Study, truth []float64, i int) ([]int, error) {
	at := &calibrate.Draws{Names: c.Prior.Names(), Theta: [][]float64{truth}}
	made, err := c.Simulation.Predict(ctx, at, recoveryLuck+uint64(i), 1, nil)
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
	fit, _, err := calibrate.Fit(ctx, calibrate.Problem{Prior: c.Prior, Target: &model, Weight: c.Weight}, options)
	if err != nil {
		return nil, ctx.Err() // too few finite losses
	}
	ranks := make([]int, len(truth))
	for _, theta := range fit.Draw(RecoveryDraws, options.Seed).Theta {
		for k := range ranks {
			if theta[k] < truth[k] {
				ranks[k]++
			}
		}
	}
	return ranks, nil
}

// RecoverySummary is a recovery in numbers.
type RecoverySummary struct {
	Study      string                   `json:"study"`
	Fits       int                      `json:"fits"`
	Failed     int                      `json:"failed"`
	Draws      int                      `json:"draws"`
	Likelihood bool                     `json:"likelihood"` // ranks ought to be uniform
	Parameters map[string]RecoveryOfOne `json:"parameters"`
	Band       map[string][]float64     `json:"band"` // counts of ranks at most 0, 1, …: low and high
}

// RecoveryOfOne is how one parameter is recovered.
type RecoveryOfOne struct {
	P          float64 `json:"p"`           // of ranks as uneven as these if uniform
	Inside     bool    `json:"inside_band"` // of 95 % for the whole distribution function
	Coverage50 float64 `json:"coverage50"`  // share of truths in the central half
	Coverage90 float64 `json:"coverage90"`
	Ranks      []int   `json:"ranks"`
}

// Summary returns the recovery in numbers.
func (r *Recovery) Summary(s *Study, c *Calibration) RecoverySummary {
	out := RecoverySummary{
		Study: s.Title(), Fits: len(r.Truth), Failed: r.Failed, Draws: RecoveryDraws, Likelihood: c.Likelihood,
		Parameters: map[string]RecoveryOfOne{}, Band: map[string][]float64{"low": r.Band.Low, "high": r.Band.High},
	}
	for k, name := range r.Names {
		p := r.Band.P(r.Ranks[k])
		out.Parameters[name] = RecoveryOfOne{p, p >= 0.05, r.covered(k, 0.5), r.covered(k, 0.9), r.Ranks[k]}
	}
	return out
}

// covered is the share of the truths of parameter k in the central part of the
// draws.
func (r *Recovery) covered(k int, part float64) float64 {
	inside := 0.0
	for _, rank := range r.Ranks[k] {
		if u := (float64(rank) + 0.5) / (RecoveryDraws + 1); math.Abs(u-0.5) <= part/2 {
			inside++
		}
	}
	return inside / float64(len(r.Ranks[k]))
}
