package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/rng"
)

// weigh finds the weights of the modes' flows, if the loss is an exact likelihood.
// The evidence of each mode by its own flow is a first guess; flows that overlap, or
// leave out some of their share of the posterior, need weights that are right for
// all of them together.
func (c *Campaign) weigh(ctx context.Context) error {
	if c.state.Weights != nil || len(c.modes) < 2 || !c.problem.exact() {
		return nil
	}
	parts, _, err := c.fittedParts()
	if err != nil {
		return err
	}
	equal := flow.NewMixture(parts, make([]float64, len(parts)))
	luck := rng.Seed{Master: c.options.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawWeigh})
	z, logQ := equal.Draw(evidenceDraws*len(parts), luck.Uniform, luck.Normal)
	logP, err := c.logPosterior(ctx, z)
	if err != nil {
		return err
	}
	if w := NewImportance(floats.SubTo(logQ, logP, logQ)); w != nil {
		c.state.Weights = nearestWeights(equal.LogDensities(z), w.LogWeights)
	}
	return nil
}

// logPosterior returns the log-density, not normalised, at points by rows.
func (c *Campaign) logPosterior(ctx context.Context, z []float64) ([]float64, error) {
	t, d := c.tempered(), c.problem.Prior.Dim()
	var logP []float64
	err := abm.Ordered(ctx, t.Workers, len(z)/d, func(worker, s int) (float64, error) {
		logPrior, loss, err := t.Evaluate(worker, z[s*d:(s+1)*d], make([]float64, d), nil)
		return logPrior - loss, err
	}, func(_ int, v float64) error {
		logP = append(logP, v)
		return nil
	})
	return logP, err
}

// weighings is how often the weights of a mixture are improved.
const weighings = 300

// nearestWeights returns the weights π of the mixture Σ πₖqₖ that is nearest to a
// posterior in KL(posterior ‖ mixture), by expectation maximisation. The posterior is
// given by weighted draws, with log qₖ of all parts at each.
func nearestWeights(logQ [][]float64, logWeights []float64) []float64 {
	parts := len(logQ[0])
	weights := make([]float64, parts)
	floats.AddConst(1/float64(parts), weights)
	share, next, logs := make([]float64, parts), make([]float64, parts), make([]float64, parts)
	for range weighings {
		clear(next)
		for k, w := range weights {
			logs[k] = math.Log(w)
		}
		for s, w := range logWeights {
			for k, l := range logQ[s] {
				share[k] = logs[k] + l
			}
			total := floats.LogSumExp(share)
			for k := range next {
				next[k] += math.Exp(w + share[k] - total)
			}
		}
		floats.ScaleTo(weights, 1/floats.Sum(next), next)
	}
	for k := range weights {
		weights[k] = math.Max(weights[k], 1e-6) // none vanishes
	}
	return weights
}
