package calibrate

import (
	"context"
	"math"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// Fitted is a distribution fitted over the parameters of a prior.
type Fitted struct {
	Prior *prior.Joint
	Flow  *flow.Flow // over the prior's coordinates z
}

// Fit fits a problem from beginning to end and returns the fit with the state it
// ended in. For progress, checkpoints and resuming, use a [Trainer].
func Fit(ctx context.Context, p Problem, o Options) (*Fitted, State, error) {
	t, err := NewTrainer(p, o)
	if err != nil {
		return nil, State{}, err
	}
	defer t.Close()
	if err := t.Run(ctx, nil); err != nil {
		return nil, t.State(), err
	}
	best, err := t.Best()
	return &Fitted{p.Prior, best}, t.State(), err
}

// Draw returns n independent draws.
func (f *Fitted) Draw(n int, seed uint64) *Draws { return NewPosterior(f.Flow, f.Prior, n, seed) }

// LogDensity returns the log-density at θ, −∞ outside the support.
func (f *Fitted) LogDensity(theta []float64) float64 {
	z := make([]float64, f.Prior.Dim())
	f.Prior.Unconstrain(z, theta)
	if !finite(z...) {
		return math.Inf(-1)
	}
	t := f.Flow.NewTape(1)
	f.Flow.Density(t, z)
	return t.LogQ[0] - f.Prior.Constrain(make([]float64, len(theta)), z)
}
