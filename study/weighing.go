package study

import (
	"fmt"

	"github.com/nudge-abm/nudge/calibrate"
)

// Importance weighs the posterior draws by the exact posterior, as far as the
// simulated likelihood is that. It is nil if the loss is no likelihood or the
// draws are too few.
func (r *Result) Importance() *calibrate.Importance {
	if !r.Calibration.Likelihood || len(r.Posterior.LogQ) == 0 {
		return nil
	}
	d := r.Posterior
	weights := make([]float64, len(d.Theta))
	for s := range weights {
		weights[s] = d.LogPrior[s] - r.Predicted.Loss[s] - d.LogQ[s]
	}
	return calibrate.NewImportance(weights)
}

// noisy is the noise of a likelihood, in nats, that makes weights uneven whatever
// the fit: at one nat of standard deviation n exact draws are worth n/e.
const noisy = 0.5

// findImportance judges the fit by the weights of its draws, given the noise of
// the likelihood.
func findImportance(d *calibrate.Importance, noise float64) Finding {
	text := d.String()
	if d.KHat < d.Usable {
		return Finding{true, text + ". This cannot see a mode that the fit has missed: compare the objective with that of other seeds."}
	}
	if noise > noisy {
		return Finding{false, fmt.Sprintf("%s. Two evaluations of the likelihood at the same parameters differ by %.1f nats (sd), which makes weights uneven however good the fit: more replicates tell.", text, noise)}
	}
	return Finding{false, text + ": the fit is not close to the posterior."}
}
