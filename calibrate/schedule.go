package calibrate

import (
	"fmt"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/optim"
)

// Schedule says how the learning rate changes over training.
type Schedule string

// The schedules.
const (
	Cosine      Schedule = "cosine"      // falls to 0 along half a cosine
	Exponential Schedule = "exponential" // falls to a hundredth by the same factor every step
	Constant    Schedule = "constant"    // stays
)

// Schedules lists every schedule, the default first.
func Schedules() []Schedule { return []Schedule{Cosine, Exponential, Constant} }

// UnmarshalText sets the schedule by its name.
func (s *Schedule) UnmarshalText(text []byte) error {
	if !slices.Contains(Schedules(), Schedule(text)) {
		return fmt.Errorf("schedule must be one of %v, not %q", Schedules(), text)
	}
	*s = Schedule(text)
	return nil
}

// over returns the learning rates of a number of steps that begin at a rate.
func (s Schedule) over(steps int, rate float64) optim.Schedule {
	switch s {
	case Exponential:
		return optim.Exponential{From: rate, Decay: math.Pow(0.01, 1/float64(steps))}
	case Constant:
		return optim.Constant{Value: rate}
	}
	return optim.Cosine{From: rate, Steps: steps}
}

// settleIn is the number of steps over which the rate rises where a fit begins
// near the optimum: Adam's first steps are of full length whatever the gradient.
const settleIn = 20

// rate is the learning rate of a step of the fit, from 0. Every round has the whole
// schedule.
func (t *Trainer) rate(step int) float64 {
	o := t.options
	schedule := o.Schedule.over(o.Steps, o.LearningRate)
	if t.placed {
		rise := min(settleIn, o.Steps/10)
		schedule = optim.Warmup{Steps: rise, Then: o.Schedule.over(o.Steps-rise, o.LearningRate)}
	}
	if o.Rounds > 1 {
		step %= o.Steps
	}
	return schedule.Rate(step) * math.Pow(0.5, float64(t.state.Retreats))
}
