package study

import (
	"context"
	"runtime"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/gradient"
)

// compare builds the loss; one that needs prior-predictive runs is a stand-in
// without them.
func (s *Study) compare(c *Calibration) (err error) {
	if err := s.spec.Loss.shared().check(); err != nil {
		return err
	}
	if c.loss, err = s.lossOf(c.Data.Data(), nil); err != nil {
		return err
	}
	for _, name := range c.loss.Nuisance() {
		if c.Setup.Model.Parameter(name) >= 0 {
			return s.spec.Loss.shared().Kind.mistakef(
				"the loss's own parameter %q has the name of one of the model: give it another with the key parameter", name)
		}
	}
	return nil
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
