package policy

import (
	"context"
	"slices"
)

// Balance is the best policy when all costs count Factor times as much.
type Balance struct {
	Factor     float64     `json:"factor"`
	Assessment *Assessment `json:"policy"` // by the problem's own objective
}

// Tradeoff finds the best policies for costs that count more or less, each from
// the policy of the factor beside it, beginning with the optimum at z, and
// measures them all by the problem's own objective on the same fresh runs. It
// returns them by factor, and the runs' worth of simulations that the searches
// took. tell may be nil.
func (p *Problem) Tradeoff(ctx context.Context, z []float64, factors []float64, options Options, runs int, tell func(done, total int)) ([]Balance, float64, error) {
	factors = slices.Sorted(slices.Values(factors))
	simulations, done := 0.0, 0
	found := make([][]float64, len(factors))
	walk := func(from, to, by int) error {
		at := z
		for i := from; i != to; i += by {
			s, err := p.dearer(factors[i]).descend(ctx, at, options)
			if err != nil {
				return err
			}
			at, found[i] = s.Best.Z, s.Best.Theta
			simulations += s.Simulations()
			if done++; tell != nil {
				tell(done, len(factors))
			}
		}
		return nil
	}
	middle, _ := slices.BinarySearch(factors, 1)
	if err := walk(middle, len(factors), 1); err != nil {
		return nil, 0, err
	}
	if err := walk(middle-1, -1, -1); err != nil {
		return nil, 0, err
	}
	measured, err := p.Assess(ctx, found, runs, nil)
	if err != nil {
		return nil, 0, err
	}
	var curve []Balance
	for i, a := range measured {
		curve = append(curve, Balance{factors[i], a})
	}
	return curve, simulations, nil
}

// dearer returns the problem with all costs multiplied.
func (p *Problem) dearer(factor float64) *Problem {
	next := *p
	next.Objective = p.Objective.dearer(factor)
	next.Objective.Constraints = slices.Clone(p.Objective.Constraints)
	return &next
}

// descend searches from one policy with half the steps.
func (p *Problem) descend(ctx context.Context, z []float64, options Options) (State, error) {
	options = options.Filled()
	options.Steps = (options.Steps + 1) / 2
	o, err := NewOptimiser(p, options)
	if err != nil {
		return State{}, err
	}
	defer o.Close()
	o.From(z)
	err = o.Run(ctx, nil)
	return o.State(), err
}
