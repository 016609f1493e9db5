package abc

import (
	"fmt"
	"runtime"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// Problem is what is calibrated.
type Problem struct {
	Prior *prior.Joint
	Model calibrate.Model
	Data  []float64 // observed, NaN where missing; nil: the model returns the distance itself, see [LossOf]
}

// Options say how. Zero fields take the defaults in brackets.
type Options struct {
	Particles     int     // of a population [1000]
	Simulations   int     // runs of the model in all, at most [200 000]
	Tolerance     float64 // to stop at [0]
	MinAcceptance float64 // share of tries kept, below which to stop [0.01]
	Quantile      float64 // of the distances, that is the next tolerance [0.5]
	Power         float64 // p of the distance [1]
	Seed          uint64
	Workers       int // tries at the same time; the result does not depend on it [all processors]
}

func (o Options) withDefaults() Options {
	if o.Particles == 0 {
		o.Particles = 1000
	}
	if o.Simulations == 0 {
		o.Simulations = 200_000
	}
	if o.MinAcceptance == 0 {
		o.MinAcceptance = 0.01
	}
	if o.Quantile == 0 {
		o.Quantile = 0.5
	}
	if o.Power == 0 {
		o.Power = 1
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	return o
}

// check returns an error for options that make no sense.
func (o Options) check(dim int) error {
	switch {
	case o.Particles < dim+2:
		return fmt.Errorf("a population in %d dimensions needs at least %d particles, not %d", dim, dim+2, o.Particles)
	case o.Simulations < o.Particles:
		return fmt.Errorf("%d simulations do not suffice for %d particles", o.Simulations, o.Particles)
	case !(o.Quantile > 0 && o.Quantile < 1):
		return fmt.Errorf("the quantile of the distances must be between 0 and 1, is %g", o.Quantile)
	case !(o.MinAcceptance > 0 && o.MinAcceptance <= 1):
		return fmt.Errorf("the least acceptance must be above 0 and at most 1, is %g", o.MinAcceptance)
	case !(o.Power >= 1) || o.Tolerance < 0 || o.Workers < 1:
		return fmt.Errorf("power must be at least 1, tolerance not negative and workers at least 1: %+v", o)
	}
	return nil
}
