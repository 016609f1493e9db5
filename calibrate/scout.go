package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
)

// scouts is how many draws from the prior a restart begins at the best of.
const scouts = 16

// scoutLuck is the luck of their evaluations.
const scoutLuck uint64 = 1 << 38

// scout begins the fit at the best of a few draws from the prior, each restart
// at the best of others, with a third of the prior's spread.
func (t *Trainer) scout(ctx context.Context, restart int) error {
	dim := t.flow.Dim()
	var best []float64
	least := math.Inf(1)
	err := abm.Ordered(ctx, len(t.evaluators), scouts, func(worker, i int) (v Evaluation, err error) {
		theta, _ := t.fromPrior(restart, i)
		return t.evaluators[worker].Evaluate(theta, scoutLuck+uint64(restart*scouts+i), nil)
	}, func(i int, v Evaluation) error {
		t.state.Runs += v.Runs
		if best == nil || v.Loss < least {
			_, best = t.fromPrior(restart, i)
			least = v.Loss
		}
		return nil
	})
	if err != nil {
		return err
	}
	root := mat.NewTriDense(dim, mat.Lower, nil)
	for k := range dim {
		root.SetTri(k, k, 1./3)
	}
	t.flow.Match(best, root)
	return nil
}

// fromPrior is scout i of a restart.
func (t *Trainer) fromPrior(restart, i int) (theta, z []float64) {
	luck := t.stream(drawScout, restart, i)
	u := make([]float64, t.flow.Dim())
	for k := range u {
		u[k] = luck.Uniform()
	}
	theta, z = make([]float64, len(t.problem.Prior.Names())), make([]float64, len(u))
	t.problem.Prior.Draw(theta, u)
	t.problem.Prior.Unconstrain(z, theta)
	return theta, z
}

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

// logMeanExp is the log of the mean of e^x over n, those missing being zero.
func logMeanExp(x []float64, n int) float64 {
	if len(x) == 0 {
		return math.Inf(-1)
	}
	top := math.Inf(-1)
	for _, v := range x {
		top = math.Max(top, v)
	}
	e := make([]float64, len(x))
	for i, v := range x {
		e[i] = math.Exp(v - top)
	}
	return top + math.Log(stat.Mean(e, nil)*float64(len(x))/float64(n))
}
