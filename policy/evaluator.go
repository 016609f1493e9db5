package policy

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// evaluator runs the model for one goroutine.
type evaluator struct {
	p         *Problem
	problem   *gradient.Problem // with a Theta of its own
	chosen    []int             // indices of the parameters to choose
	believed  []int
	columns   int
	sampler   gradient.Sampler // nil until a gradient is asked for
	plain     *abm.World
	series    []float64
	sample    gradient.Sample
	slopes    []float64
	objective *Objective
}

// evaluators returns one for each worker.
func (p *Problem) evaluators() ([]*evaluator, error) {
	var all []*evaluator
	for range max(1, p.Workers) {
		g, err := gradient.NewProblem(p.Setup, p.Seed, p.Choices.Names()...)
		if err != nil {
			closeAll(all)
			return nil, err
		}
		e := &evaluator{p: p, problem: g, objective: &p.Objective, columns: len(p.Setup.Model.Observables)}
		e.chosen, e.believed = g.Active, p.indices(p.Belief.Names)
		g.Observables, g.Rows = p.Objective.needed(p.Setup.Steps())
		e.slopes = make([]float64, len(g.Theta))
		e.plain = abm.NewWorld(p.Setup, nil, nil)
		e.plain.Want(g.Observables, g.Rows)
		all = append(all, e)
	}
	return all, nil
}

func closeAll(all []*evaluator) {
	for _, e := range all {
		e.plain.Close()
		if e.sampler != nil {
			e.sampler.Close()
		}
	}
}

// put sets all parameters: chosen as given, believed by the run's draw.
func (e *evaluator) put(theta []float64, run uint64) {
	for k, i := range e.chosen {
		e.problem.Theta[i] = theta[k]
	}
	if draws := e.p.Belief.Draws; len(draws) > 0 {
		for k, v := range draws[run%uint64(len(draws))] {
			e.problem.Theta[e.believed[k]] = v
		}
	}
}

// trial is one run of a policy.
type trial struct {
	loss     float64   // outcomes, costs and penalties
	cost     []float64 // of each cost
	measured []float64 // of each outcome, then each constraint
}

// simulate makes a plain run.
func (e *evaluator) simulate(theta []float64, run uint64) (trial, error) {
	e.put(theta, run)
	if err := e.plain.Run(e.problem.Theta, e.problem.Luck(run)); err != nil {
		return trial{}, e.explain(err, run)
	}
	e.series = e.plain.Series(e.series)
	x := trial{loss: e.objective.loss(e.series, nil, e.columns) + e.objective.cost(e.problem.Theta)}
	for _, c := range e.objective.Costs {
		x.cost = append(x.cost, c.value(e.problem.Theta))
	}
	for _, m := range e.objective.Outcomes {
		v, _ := m.value(e.series, e.columns)
		x.measured = append(x.measured, v)
	}
	for _, m := range e.objective.Constraints {
		v, _ := m.value(e.series, e.columns)
		x.measured = append(x.measured, v)
	}
	return x, nil
}

// slope is the objective of one run with its derivatives in the choices.
type slope struct {
	loss     float64
	gradient []float64
	runs     float64
}

// differentiate makes a run with its gradient.
func (e *evaluator) differentiate(theta []float64, run uint64) (slope, error) {
	if err := e.begin(); err != nil {
		return slope{}, err
	}
	e.put(theta, run)
	if err := e.sampler.Sample(run, &e.sample); err != nil {
		return slope{}, e.explain(err, run)
	}
	x := slope{loss: e.sample.Series[0] + e.objective.cost(e.problem.Theta), runs: e.sample.Runs}
	clear(e.slopes)
	for _, c := range e.objective.Costs {
		c.push(e.slopes, e.problem.Theta)
	}
	for k, i := range e.chosen {
		x.gradient = append(x.gradient, e.sample.Jacobian[k]+e.slopes[i])
	}
	return x, nil
}

// begin makes the sampler, always at the same policy, so that what an estimator
// learns beforehand does not depend on which run a worker begins with.
func (e *evaluator) begin() (err error) {
	if e.sampler != nil {
		return nil
	}
	centre := make([]float64, len(e.chosen))
	e.p.Choices.Constrain(centre, make([]float64, e.p.Choices.Dim()))
	e.put(centre, 0)
	loss := func(series, adjoint []float64) float64 { return e.objective.loss(series, adjoint, e.columns) }
	e.sampler, err = gradient.Loss{Objective: loss, Estimator: e.p.Estimator}.Sampler(e.problem)
	return err
}

// explain adds to a run's error what is needed to see it again.
func (e *evaluator) explain(err error, run uint64) error {
	return fmt.Errorf("%w; parameters %v, seed %d, run %d", err, e.problem.Theta, e.p.Seed, run)
}

// each makes runs first … first+n−1 of every policy and hands them over in order.
func each[T any](ctx context.Context, all []*evaluator, policies [][]float64, first uint64, n int,
	make func(e *evaluator, theta []float64, run uint64) (T, error), take func(policy, i int, x T)) error {
	return abm.Ordered(ctx, len(all), len(policies)*n,
		func(worker, i int) (T, error) { return make(all[worker], policies[i/n], first+uint64(i%n)) },
		func(i int, x T) error {
			take(i/n, i%n, x)
			return nil
		})
}
