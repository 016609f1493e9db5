package figure

import (
	"context"

	"github.com/nudge-abm/nudge/gradient"
)

// differenceSteps are the finite-difference steps of the parameters. Those of rates
// and probabilities are near what tuning finds for the epidemics; a policy time
// is moved by one whole step of the hard gate to either side, a shape of the firms'
// laws by 15 %.
var differenceSteps = map[string]float64{
	"initial":               0.001,
	"transmission":          0.02,
	"recovery":              0.005,
	"distancing_factor":     0.04,
	"quarantine_compliance": 0.14,
	"quarantine_start":      1,
	"quarantine_end":        1,

	"preference_a": 0.15, "preference_b": 0.45,
	"effort_a": 0.3, "effort_b": 0.15,
	"scale_a": 0.3, "scale_b": 0.75,
	"returns_a": 0.75, "returns_b": 0.3,
}

// reference takes finite differences of the subject.
func (s *subject) reference(ctx context.Context, samples int) (*derivatives, error) {
	var steps []gradient.Step
	for _, name := range s.parameters() {
		steps = append(steps, gradient.Step{Parameter: name, H: differenceSteps[name]})
	}
	return s.collect(ctx, "Finite differences", gradient.FiniteDifference{Steps: steps}, samples, referenceRuns)
}
