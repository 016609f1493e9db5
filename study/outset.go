package study

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
)

// Outset is what a few draws of the prior say before training.
type Outset struct {
	Draws     int `json:"draws"`
	NonFinite int `json:"nonfinite"` // of them with a loss that is not finite
}

// outsetDraws is the number of prior draws that are evaluated before training.
const outsetDraws = 32

// outsetLuck is the luck of the first of them.
const outsetLuck = calibrate.CheckLuck << 3

// silent is a loss whose noise of observation is left out of the runs, so that
// they show what the model gives.
type silent struct{ loss.Loss }

// setOut evaluates the loss at a few draws of the prior. The error says that it
// is finite at none of them, and why.
func (c *Calibration) setOut(ctx context.Context) (Outset, error) {
	draws := calibrate.NewPrior(c.Prior, outsetDraws, c.Options.Seed+2)
	workers := c.Options.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	plain := *c.Simulation
	plain.GradientRuns, plain.Estimator, plain.Loss = 0, gradient.StraightThrough{}, silent{plain.Loss}
	seen, err := plain.Predict(ctx, draws, outsetLuck, workers, nil)
	if err != nil {
		return Outset{}, err
	}
	o, last := Outset{Draws: outsetDraws}, 0
	for i, l := range seen.Loss {
		if l-l != 0 {
			o.NonFinite, last = o.NonFinite+1, i
		}
	}
	if o.NonFinite < o.Draws {
		return o, nil
	}
	again, err := plain.Evaluator(draws.Names)
	if err != nil {
		return o, err
	}
	defer again.Close()
	text := c.hopeless(draws, last, seen)
	if x, can := again.(calibrate.Reproducer); can {
		text += "; to see its first run: " + x.Reproduce(draws.Theta[last], outsetLuck+uint64(last))
	}
	return o, errors.New(text)
}

// hopeless says that there is nothing to train on, why, and for which draw.
func (c *Calibration) hopeless(draws *calibrate.Draws, i int, seen *calibrate.Predictive) string {
	var at []string
	for k, name := range draws.Names {
		at = append(at, fmt.Sprintf("%s=%.6g", name, draws.Theta[i][k]))
	}
	return fmt.Sprintf("the loss is not finite at any of %d draws of the prior, so there is nothing to train on. %s The last draw was %s",
		len(draws.Theta), c.reason(seen), strings.Join(at, ", "))
}

// reason tells runs that are not finite from a comparison that is not.
func (c *Calibration) reason(seen *calibrate.Predictive) string {
	for _, run := range seen.Runs {
		for cell, v := range run {
			if v-v != 0 {
				t, k := cell/len(c.Data.Columns), cell%len(c.Data.Columns)
				return fmt.Sprintf("The model gives %g where column %q at %s %g is compared.", v, c.Data.Columns[k].Name, c.Data.Time, c.Data.Times[t])
			}
		}
	}
	return "The runs are finite, so it is the comparison: under the loss the data are impossible, as a count is where none is expected (see floor), or their values are too large."
}
