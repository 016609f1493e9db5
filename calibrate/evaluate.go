package calibrate

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
)

// openEvaluators returns an evaluator a worker.
func openEvaluators(p Problem, workers int) (all []Evaluator, err error) {
	for range workers {
		e, err := p.Target.Evaluator(p.Prior.Names())
		if err != nil {
			closeAll(all)
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func closeAll(evaluators []Evaluator) {
	for _, e := range evaluators {
		e.Close()
	}
}

// evaluate evaluates the loss at each draw of the batch, draw s under luck
// first+s, times a weight, and its gradient in z if the estimator needs it. It
// returns the mean loss. Losses that are not finite, in value or gradient, are
// NaN and counted.
func (t *Trainer) evaluate(ctx context.Context, b *batch, first uint64, weight float64) (mean float64, err error) {
	sum, strange := 0.0, -1
	err = abm.Ordered(ctx, len(t.evaluators), len(b.loss),
		func(worker, s int) (Evaluation, error) { return t.evaluateDraw(worker, b, s, first, weight) },
		func(s int, v Evaluation) error {
			b.loss[s] = weight * v.Loss
			t.state.Runs += v.Runs
			t.state.Evaluated++
			if finite(v.Loss) {
				sum += v.Loss
			} else {
				b.loss[s] = math.NaN()
				t.state.NonFinite++
				strange = s
			}
			return nil
		})
	if err == nil && strange >= 0 && t.state.Evaluated >= 50 && float64(t.state.NonFinite) > t.options.MaxNonFinite*float64(t.state.Evaluated) {
		err = fmt.Errorf("%d of %d evaluations of the loss were not finite; narrow the prior or check the model and the data%s", t.state.NonFinite, t.state.Evaluated, t.example(b, strange, first))
	}
	return sum / float64(len(b.kept())), err
}

// evaluateDraw evaluates one draw.
func (t *Trainer) evaluateDraw(worker int, b *batch, s int, first uint64, weight float64) (Evaluation, error) {
	if e, ok := t.evaluators[worker].(Spreader); ok {
		e.Spread(spare(s, len(b.loss), len(t.evaluators)))
	}
	theta, z := make([]float64, len(t.problem.Prior.Names())), b.row(b.tape.Z, s)
	t.problem.Prior.Constrain(theta, z)
	if !t.estimator.differentiates() {
		return t.evaluators[worker].Evaluate(theta, first+uint64(s), nil)
	}
	grad, slope := make([]float64, len(theta)), b.row(b.slope, s)
	v, err := t.evaluators[worker].Evaluate(theta, first+uint64(s), grad)
	if err != nil {
		return v, err
	}
	t.problem.Prior.Pull(slope, z, theta, grad)
	floats.Scale(weight, slope)
	if !finite(slope...) {
		v.Loss = math.NaN()
	}
	return v, nil
}

// spare returns how many of the workers there are for draw s of n: the last few,
// fewer than workers, have more than one.
func spare(s, n, workers int) int {
	last := n % workers
	if s < n-last {
		return 1
	}
	return workers / last
}
