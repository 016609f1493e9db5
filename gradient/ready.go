package gradient

import (
	"context"

	"github.com/nudge-abm/nudge/abm"
)

// Ready returns e with all done that its first sample would otherwise wait for:
// the tuning of a [FiniteDifference], the choice of an [Auto]. A context can stop it, and told, which may
// be nil, hears how much is done. The answer is the same for any number of
// workers.
func Ready(ctx context.Context, p *Problem, e Estimator, workers int, told func(done, total int)) (Estimator, error) {
	switch e := e.(type) {
	case FiniteDifference:
		steps, err := e.ready(ctx, p, workers, told)
		if err == nil {
			e.Steps = steps
		}
		return e, err
	case Auto:
		return e.choose(ctx, p, nil, workers, told)
	}
	return e, nil
}

// ready returns the steps f takes, tuned one parameter a worker.
func (f FiniteDifference) ready(ctx context.Context, p *Problem, workers int, told func(done, total int)) ([]Step, error) {
	if f.Steps != nil || f.RelativeStep > 0 {
		return f.stepsFor(p)
	}
	if told == nil {
		told = func(int, int) {}
	}
	total := len(p.Active)
	steps := make([]Step, 0, total)
	told(0, total)
	err := abm.Ordered(ctx, workers, total,
		func(_, k int) ([]Step, error) {
			one := *p
			one.Active = p.Active[k : k+1]
			return f.Tune(&one)
		},
		func(k int, tuned []Step) error {
			steps = append(steps, tuned...)
			told(k+1, total)
			return nil
		})
	return steps, err
}
