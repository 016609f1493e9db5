package study

import (
	"context"
	"runtime"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
)

// compare builds the loss; one that needs prior-predictive runs is a stand-in
// without them.
func (s *Study) compare(c *Calibration) (err error) {
	if err := s.spec.Loss.shared().check(); err != nil {
		return err
	}
	if c.loss, err = s.lossOf(c, c.Data.Data(), nil); err != nil {
		return err
	}
	replicates := s.spec.Loss.shared().Replicates
	if least := loss.LeastRuns(c.loss); replicates.int() < least {
		return replicates.or(s.spec.Loss.shared().Kind.place).mistakef("this loss needs at least %d replicates, there are %d: raise replicates%s",
			least, replicates.int(), s.spec.Loss.fewer())
	}
	for _, name := range c.loss.Nuisance() {
		if c.Setup.Model.Parameter(name) >= 0 {
			return s.spec.Loss.shared().Kind.mistakef(
				"the loss's own parameter %q has the name of one of the model: give it another with the key parameter", name)
		}
	}
	return nil
}

// comparison is what a loss is made for.
type comparison struct {
	data  loss.Data
	runs  [][]float64 // the prior-predictive runs it asked for; nil checks the section without
	setup *abm.Setup
	table *table
	known []loss.Kind // losses of the program's own
}

func (s *Study) comparison(c *Calibration, d loss.Data, runs [][]float64) comparison {
	return comparison{d, runs, c.Setup, s.table, s.library.Losses}
}

// of returns the comparison of some columns.
func (c comparison) of(columns []int) comparison {
	whole := c.data
	c.data = whole.Select(columns...)
	var runs [][]float64
	for _, run := range c.runs {
		runs = append(runs, loss.Data{Values: run, Rows: whole.Rows, Columns: whole.Columns}.Select(columns...).Values)
	}
	c.runs = runs
	return c
}

// predictiveLuck is the luck of the first prior-predictive run, apart from that
// of all other runs of a calibration.
const predictiveLuck = calibrate.CheckLuck << 1

// predictive returns n prior-predictive runs as they would be observed.
func (c *Calibration) predictive(ctx context.Context, n, workers int) ([][]float64, error) {
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	plain := *c.Simulation
	plain.Replicates, plain.GradientRuns, plain.Estimator = 1, 0, gradient.StraightThrough{}
	p, err := plain.Predict(ctx, calibrate.NewPrior(c.Prior, n, plain.Seed), predictiveLuck, workers, nil)
	if err != nil {
		return nil, err
	}
	return p.Runs, nil
}
