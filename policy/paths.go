package policy

import "context"

// Paths returns fresh runs of a policy, T × C each, with all observables.
func (p *Problem) Paths(ctx context.Context, theta []float64, runs int) ([][]float64, error) {
	all, err := p.evaluators()
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	for _, e := range all {
		e.plain.Want(nil, nil)
	}
	var paths [][]float64
	err = each(ctx, all, [][]float64{theta}, fresh, runs, func(e *evaluator, theta []float64, run uint64) ([]float64, error) {
		_, err := e.simulate(theta, run)
		return append([]float64(nil), e.series...), err
	}, func(_, _ int, x []float64) { paths = append(paths, x) })
	return paths, err
}
