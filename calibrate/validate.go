package calibrate

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/flow"
)

// validationKLDraws is the number of held-out draws for the divergence, which
// cost no simulation.
const validationKLDraws = 2048

// Chosen is the best candidate so far.
type Chosen struct {
	Step      int       `json:"step"`
	Averaged  bool      `json:"averaged"`  // the mean of the iterates rather than the iterate
	Objective float64   `json:"objective"` // on the held-out draws
	Gap       float64   `json:"gap"`       // nats from the posterior by the same draws, of an exact loss; else 0
	Params    []float64 `json:"params"`
}

// validates reports whether candidates are validated after the step.
func (t *Trainer) validates(step int) bool {
	every := max(1, t.options.Steps/t.options.Validations)
	return step%every == 0 || step == t.options.Steps
}

// validate compares the present iterate and the averaged one with the best
// candidate so far, on base draws and simulator luck that training never sees
// and that are the same at every validation (common random numbers). It returns
// the better candidate's objective.
func (t *Trainer) validate(ctx context.Context, step int) (float64, error) {
	least := math.NaN()
	for _, averaged := range []bool{false, true} {
		params := t.flow.Params()
		if averaged {
			if t.state.Average.T == 0 {
				break // before the first step there is none
			}
			params = t.state.Average.Mean
		}
		f, gap, err := t.objective(ctx, params)
		if err != nil {
			return 0, err
		}
		if !(f >= least) {
			least = f
		}
		if t.state.Best.Params == nil || f < t.state.Best.Objective {
			t.state.Best = Chosen{Step: step, Averaged: averaged, Objective: f, Gap: gap, Params: slices.Clone(params)}
		}
	}
	return least, nil
}

// objective returns F at the parameters on the held-out draws; +Inf if none of
// the losses is finite. The divergence is averaged over the draws of the loss and
// over many more, joined with the share that makes the noise of the sum least, see
// [Trainer.balance]; if the loss is exact over its draws alone, whose noise all but
// cancels at the optimum. Then it also returns by how much the log of the mean
// weight exceeds the mean log weight, an estimate of KL(q ‖ posterior). To both it
// adds what is lost to where the likelihood is zero, see [batch.expel].
func (t *Trainer) objective(ctx context.Context, params []float64) (objective, gap float64, err error) {
	s := t.flow.State()
	s.Params = slices.Clone(params)
	f, err := flow.FromState(s)
	if err != nil {
		return 0, 0, err
	}
	b := newBatch(f, t.options.ValidationDraws)
	t.sample(b, f, drawValidationLoss, 0)
	loss, divergence, err := t.heldOut(ctx, b, heldOut)
	if len(loss) == 0 {
		return math.Inf(1), math.Inf(1), err
	}
	own := stat.Mean(loss, nil) + stat.Mean(divergence, nil)
	if t.problem.exact() {
		floats.Add(divergence, loss)
		floats.Scale(-1, divergence)
		outside := math.Log(float64(len(b.loss))) - math.Log(float64(len(loss)))
		return own + outside, logMeanExp(divergence) + own + outside, err
	}
	c := sharedNoise(loss, divergence)
	many := t.sample(newBatch(f, validationKLDraws), f, drawValidationKL, 0)
	return own + c*(many-stat.Mean(divergence, nil)), 0, err
}

// heldOut returns weighted loss and divergence of the draws of a batch whose
// loss is finite, draw s under luck first+s.
func (t *Trainer) heldOut(ctx context.Context, b *batch, first uint64) (loss, divergence []float64, err error) {
	err = abm.Ordered(ctx, len(t.evaluators), len(b.loss),
		func(worker, s int) (Evaluation, error) {
			theta := make([]float64, len(t.problem.Prior.Names()))
			t.problem.Prior.Constrain(theta, b.row(b.tape.Z, s))
			return t.evaluators[worker].Evaluate(theta, first+uint64(s), nil)
		},
		func(s int, v Evaluation) error {
			t.state.Runs += v.Runs
			if finite(v.Loss) {
				loss = append(loss, t.problem.Weight*v.Loss)
				divergence = append(divergence, b.tape.LogQ[s]-b.logPrior[s])
			}
			return nil
		})
	return loss, divergence, err
}

// sharedNoise is the share of the divergence, between 0 and 1, that is better
// taken from other draws than those of the loss: Cov(a+b, a)/Var(a) with a the
// divergence and b the loss.
func sharedNoise(loss, divergence []float64) float64 {
	v := stat.Variance(divergence, nil)
	if !(v > 0) {
		return 0
	}
	return min(max(1+stat.Covariance(loss, divergence, nil)/v, 0), 1)
}
