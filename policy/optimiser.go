package policy

import (
	"context"
	"errors"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/calibrate/optim"
)

// Optimiser looks for the policy with the least objective: descents by stochastic
// gradient from the best of many random policies, all on the same runs, fresh
// ones at every step. After each third of the steps the worse half of the
// descents is given up, and the others have its runs. The ends of the descents, and the means of their last
// iterates, are compared on held-out runs. If a constraint is then kept less
// often than wanted, its penalty is doubled and the descent goes on from the
// best policy.
type Optimiser struct {
	problem    *Problem
	options    Options
	evaluators []*evaluator
	state      State
}

// NewOptimiser prepares a search. It changes the penalties of the problem's
// constraints as it goes.
func NewOptimiser(p *Problem, options Options) (*Optimiser, error) {
	o := &Optimiser{problem: p, options: options.Filled()}
	for _, c := range p.Objective.Constraints {
		o.state.Penalties = append(o.state.Penalties, c.Penalty)
	}
	var err error
	o.evaluators, err = p.evaluators()
	return o, err
}

// Close frees what the runs hold.
func (o *Optimiser) Close() { closeAll(o.evaluators) }

// From begins at a policy instead of the best of random ones, with one descent.
func (o *Optimiser) From(z []float64) { o.state.Descents = []*Descent{newDescent(0, z)} }

// Total returns how many steps the present round and those before have, and the
// number done.
func (o *Optimiser) Total() (total, done int) {
	for round := range o.state.Round + 1 {
		total += o.options.steps(round)
	}
	return total, len(o.state.Trace)
}

// Run searches from the present state to the end. After each step it calls
// observe, if not nil. When the context ends it finishes the step under way and
// returns the context's error; a restored optimiser continues to the same result.
func (o *Optimiser) Run(ctx context.Context, observe func(Step)) error {
	whole := context.WithoutCancel(ctx)
	if o.state.Descents == nil {
		if err := o.scout(whole); err != nil {
			return err
		}
	}
	for !o.state.Done {
		if err := ctx.Err(); err != nil {
			return err
		}
		step, err := o.step(whole)
		if err == nil && o.state.Step == o.options.steps(o.state.Round) {
			err = o.conclude(whole)
		}
		if err != nil {
			return err
		}
		if observe != nil {
			observe(step)
		}
	}
	return nil
}

// step makes one step of every descent. Each step has the same number of runs,
// shared by the descents that are left.
func (o *Optimiser) step(ctx context.Context) (Step, error) {
	s := &o.state
	policies := make([][]float64, len(s.Descents))
	for i, d := range s.Descents {
		policies[i] = o.problem.policy(d.Z)
	}
	gradients := make([][][]float64, len(policies))
	out := Step{Step: len(s.Trace) + 1, Round: s.Round, Objectives: make([]float64, o.options.Starts)}
	for k := range out.Objectives {
		out.Objectives[k] = math.NaN()
	}
	for _, d := range s.Descents {
		out.Objectives[d.Number] = 0
	}
	all := o.options.Runs * o.options.Starts
	runs := all / len(policies)
	err := each(ctx, o.evaluators, policies, uint64(len(s.Trace)*all), runs, (*evaluator).differentiate, func(k, _ int, x slope) {
		gradients[k] = append(gradients[k], x.gradient)
		out.Objectives[s.Descents[k].Number] += x.loss / float64(runs)
		s.Gradients += x.runs
	})
	if err != nil {
		return out, err
	}
	for k, d := range s.Descents {
		d.follow(o.problem, gradients[k], o.rate())
	}
	s.Step++
	s.Trace = append(s.Trace, out)
	if third := o.options.Steps / 3; s.Step == third || s.Step == 2*third {
		o.halve(third)
	}
	return out, nil
}

// halve gives up the worse half of the descents, by their mean objective over
// the latest half of so many steps, which was taken on the same runs.
func (o *Optimiser) halve(steps int) {
	s := &o.state
	recent := s.Trace[len(s.Trace)-(steps+1)/2:]
	mean := func(d *Descent) float64 {
		sum := 0.0
		for _, x := range recent {
			sum += x.Objectives[d.Number]
		}
		return sum
	}
	slices.SortStableFunc(s.Descents, func(a, b *Descent) int { return lessFirst(mean(a), mean(b)) })
	s.Descents = s.Descents[:(len(s.Descents)+1)/2]
}

func (o *Optimiser) rate() float64 {
	from := o.options.LearningRate
	if o.state.Round > 0 {
		from /= 3 // not to leave the neighbourhood of the best policy so far
	}
	return optim.Cosine{From: from, To: from / 10, Steps: o.options.steps(o.state.Round)}.Rate(o.state.Step)
}

// conclude ends a round: it keeps the best policy, and begins another if a
// constraint is missed.
func (o *Optimiser) conclude(ctx context.Context) error {
	s := &o.state
	var ends [][]float64
	for _, d := range s.Descents {
		if d.Skipped == s.Step {
			return errors.New("no gradient of the objective was finite; check the model, the objective and the bounds of the policy")
		}
		ends = append(ends, slices.Clone(d.Z), slices.Clone(d.Average.Mean))
	}
	found, err := o.compare(ctx, ends, heldOut, o.options.ValidationRuns)
	if err != nil {
		return err
	}
	best := found[0]
	s.Best = Best{Z: ends[best.at], Theta: best.Theta, Objective: best.Objective}
	if s.Round == o.options.Rounds || !best.Missed() {
		s.Done = true
		return nil
	}
	for k, c := range best.Constraints {
		if c.Probability < c.Wanted {
			s.Penalties[k] *= 2
		}
	}
	o.penalise()
	s.Round, s.Step = s.Round+1, 0
	s.Descents = []*Descent{newDescent(s.Descents[best.at/2].Number, s.Best.Z)}
	return nil
}

// penalise puts the state's penalties into the objective.
func (o *Optimiser) penalise() {
	for k := range o.problem.Objective.Constraints {
		o.problem.Objective.Constraints[k].Penalty = o.state.Penalties[k]
	}
}

// ranked is an assessed policy with its place in the list it was given in.
type ranked struct {
	*Assessment
	at int
}

// compare assesses policies, given in standardised coordinates, on the same runs
// and returns them from the best to the worst.
func (o *Optimiser) compare(ctx context.Context, ends [][]float64, first uint64, runs int) ([]ranked, error) {
	policies := make([][]float64, len(ends))
	for i, z := range ends {
		policies[i] = o.problem.policy(z)
	}
	found, err := o.problem.assess(ctx, o.evaluators, policies, first, runs, nil)
	if err != nil {
		return nil, err
	}
	o.state.Plain += len(policies) * runs
	order := make([]ranked, len(found))
	for i, a := range found {
		order[i] = ranked{a, i}
	}
	slices.SortStableFunc(order, func(a, b ranked) int { return lessFirst(a.Objective, b.Objective) })
	if v := order[0].Objective; v-v != 0 {
		return nil, errors.New("the objective of no policy was a finite number; check the model, the objective and the bounds of the policy")
	}
	return order, nil
}

// lessFirst orders numbers with NaN last.
func lessFirst(a, b float64) int {
	switch {
	case a < b || b != b && a == a:
		return -1
	case a > b || a != a && b == b:
		return 1
	}
	return 0
}
