package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
)

// evidenceDraws is the number of draws that a part's evidence is measured by,
// where the loss is an exact likelihood.
const evidenceDraws = 2048

// evidence returns the log evidence of the part of the posterior that the fit is
// of: if the loss is an exact likelihood, by importance sampling from the fit with
// smoothed weights, where they are of use; else the lower bound −F, on which a rare
// draw from a tail that the fit has too thin has no hold.
func (t *Trainer) evidence(ctx context.Context) (float64, error) {
	f, err := t.Best()
	if err != nil {
		return 0, err
	}
	if !t.problem.exact() {
		return -t.state.Best.Objective, nil
	}
	b := newBatch(f, evidenceDraws)
	t.sample(b, f, drawValidationLoss, 1)
	loss, divergence, err := t.heldOut(ctx, b, heldOut<<1)
	for i := range loss {
		loss[i] = -loss[i] - divergence[i]
	}
	if w := NewImportance(loss); w != nil && w.KHat < w.Usable && len(loss) == evidenceDraws {
		return w.LogEvidence, err
	}
	return -t.state.Best.Objective, err
}

// logMeanExp is the log of the mean of e^x.
func logMeanExp(x []float64) float64 { return floats.LogSumExp(x) - math.Log(float64(len(x))) }
