package calibrate

import (
	"context"
	"math"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// Fitted is a distribution fitted over the parameters of a prior: a mixture of
// flows, one for each separate mode.
type Fitted struct {
	Prior         *prior.Joint
	*flow.Mixture // over the prior's coordinates z
}

// Fit fits a problem from beginning to end and returns the fit with the state it
// ended in. For progress, checkpoints and resuming, use a [Campaign].
func Fit(ctx context.Context, p Problem, o Options) (*Fitted, CampaignState, error) {
	c, err := NewCampaign(p, o)
	if err != nil {
		return nil, CampaignState{}, err
	}
	defer c.Close()
	if err := c.Run(ctx, nil); err != nil {
		return nil, c.State(), err
	}
	f, err := c.Fitted()
	return f, c.State(), err
}

// Draw returns n independent draws.
func (f *Fitted) Draw(n int, seed uint64) *Draws {
	d := NewPosterior(f.Mixture, f.Prior, n, seed)
	if f.Prior.Leading() > 0 {
		for s, theta := range d.Theta {
			d.LogQ[s] = f.LogDensity(theta) // of all coordinates that give θ, not only the draw's
		}
	}
	return d
}

// Weigh says how far n draws of the fit are from the posterior of a likelihood; nil
// if they are too few. It cannot see a mode that the fit has no draws in.
func (f *Fitted) Weigh(l LogLikelihood, n int, seed uint64) *Importance {
	d := f.Draw(n, seed)
	w := make([]float64, n)
	for s, theta := range d.Theta {
		w[s] = d.LogPrior[s] + l(theta, nil) - d.LogQ[s]
	}
	return NewImportance(w)
}

// LogDensity returns the log-density at θ, −∞ outside the support; of discrete
// parameters it is the log-probability, by the mean over their cell.
func (f *Fitted) LogDensity(theta []float64) float64 {
	z, d := f.cells(theta), f.Prior.Dim()
	if !finite(z...) {
		return math.Inf(-1)
	}
	logQ := f.Mixture.LogDensity(z)
	for s := range logQ {
		logQ[s] -= f.Prior.Constrain(make([]float64, len(theta)), z[s*d:(s+1)*d])
	}
	return logMeanExp(logQ)
}
