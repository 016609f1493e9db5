package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

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
		if !finite(v.Loss) {
			v.Loss = math.Inf(1)
		}
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
	return t.problem.Prior.Sample(luck.Uniform)
}
