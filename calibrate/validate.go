package calibrate

import (
	"context"
	"math"
	"slices"

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
			params = t.state.Average.Mean
		}
		f, err := t.objective(ctx, params)
		if err != nil {
			return 0, err
		}
		if !(f >= least) {
			least = f
		}
		if t.state.Best.Params == nil || f < t.state.Best.Objective {
			t.state.Best = Chosen{Step: step, Averaged: averaged, Objective: f, Params: slices.Clone(params)}
		}
	}
	return least, nil
}

// objective returns F at the parameters on the held-out draws; +Inf if none of
// the losses is finite.
func (t *Trainer) objective(ctx context.Context, params []float64) (float64, error) {
	s := t.flow.State()
	s.Params = slices.Clone(params)
	f, err := flow.FromState(s)
	if err != nil {
		return 0, err
	}
	kl := t.sample(newBatch(f, validationKLDraws), f, drawValidationKL, 0)
	b := newBatch(f, t.options.ValidationDraws)
	t.sample(b, f, drawValidationLoss, 0)
	d, sum, count := f.Dim(), 0.0, 0
	err = abm.Ordered(ctx, len(t.evaluators), t.options.ValidationDraws,
		func(worker, s int) (Evaluation, error) {
			theta := make([]float64, len(t.problem.Prior.Names()))
			t.problem.Prior.Constrain(theta, b.tape.Z[s*d:(s+1)*d])
			return t.evaluators[worker].Evaluate(theta, heldOut+uint64(s), nil)
		},
		func(_ int, v Evaluation) error {
			t.state.Runs += v.Runs
			if finite(v.Loss) {
				sum += v.Loss
				count++
			}
			return nil
		})
	if count == 0 {
		return math.Inf(1), err
	}
	return t.problem.Weight*sum/float64(count) + kl, err
}
