package study

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/policy"
)

// PolicyResult is the result of a study of a policy.
type PolicyResult struct {
	Study    *Policy
	Decision *Decision
	State    policy.State
	Best     *policy.Assessment // the optimum on fresh runs
	None     *policy.Assessment // no policy, on the same; nil if it is not said what that is
	Grid     *policy.Searched   // nil: no grid search
	OfGrid   *policy.Assessment // the best policy of the grid, on the same fresh runs
	Tradeoff []policy.Balance
	Around   *policy.Around

	// SweepRuns is the number of runs' worth of simulations behind the trade-off.
	SweepRuns float64
	// BestPaths and NonePaths are runs, T × C, for the figures.
	BestPaths, NonePaths [][]float64
}

// PolicyHooks are told how a search gets on; each may be nil.
type PolicyHooks struct {
	Progress func(stage string, done, total int)
	Step     func(step policy.Step)
	Save     func(policy.State) error // called now and then and when the context ends
}

// Run looks for the best policy, from the beginning or from a state saved
// earlier, and then at the result. When the context ends during the search, the
// state is saved and the context's error returned.
func (d *Decision) Run(ctx context.Context, s *Policy, from *policy.State, h PolicyHooks) (*PolicyResult, error) {
	r := &PolicyResult{Study: s, Decision: d}
	if err := r.search(ctx, from, h); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, PolicyHooks) error{r.compare, r.sweep, r.look, r.simulate} {
		if err := part(ctx, h); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// tell returns what tells the progress of a stage.
func (h PolicyHooks) tell(stage string) func(done, total int) {
	if h.Progress == nil {
		return nil
	}
	return func(done, total int) { h.Progress(stage, done, total) }
}

// search runs the optimiser and saves its state.
func (r *PolicyResult) search(ctx context.Context, from *policy.State, h PolicyHooks) error {
	o, err := policy.NewOptimiser(r.Decision.Problem, r.Decision.Options)
	if err != nil {
		return err
	}
	defer o.Close()
	if from != nil {
		if err := o.Restore(*from); err != nil {
			return err
		}
	}
	var failed error
	save := func() {
		if h.Save != nil && failed == nil {
			failed = h.Save(o.State())
		}
	}
	err = o.Run(ctx, func(step policy.Step) {
		total, done := o.Total()
		if h.Step != nil {
			h.Step(step)
		}
		if h.Progress != nil {
			h.Progress("search", done, total)
		}
		if done%saveEvery == 0 {
			save()
		}
	})
	save()
	r.State = o.State()
	return errors.Join(err, failed)
}

// compare measures the optimum, no policy and the best of the grid on the same
// fresh runs.
func (r *PolicyResult) compare(ctx context.Context, h PolicyHooks) (err error) {
	d := r.Decision
	policies := [][]float64{r.State.Best.Theta}
	if d.Grid != nil {
		held := r.validationRuns()
		if r.Grid, err = d.Problem.Search(ctx, *d.Grid, r.State.Best.Theta, held, h.tell("grid search")); err != nil {
			return err
		}
		policies = append(policies, r.Grid.Theta)
	}
	if d.Without != nil {
		policies = append(policies, d.Without)
	}
	found, err := d.Problem.Assess(ctx, policies, d.Fresh, h.tell("fresh runs"))
	if err != nil {
		return err
	}
	r.Best = found[0]
	if d.Grid != nil {
		r.OfGrid = found[1]
	}
	if d.Without != nil {
		r.None = found[len(found)-1]
	}
	return nil
}

// validationRuns is the number of runs on which the search compared candidates.
func (r *PolicyResult) validationRuns() int { return r.Decision.Options.Filled().ValidationRuns }

// sweep finds the trade-off between costs and outcomes. The optimum itself is the
// policy of the factor 1.
func (r *PolicyResult) sweep(ctx context.Context, h PolicyHooks) (err error) {
	d := r.Decision
	others := slices.DeleteFunc(slices.Clone(d.Factors), func(f float64) bool { return f == 1 })
	if len(others) == 0 {
		return nil
	}
	r.Tradeoff, r.SweepRuns, err = d.Problem.Tradeoff(ctx, r.State.Best.Z, others, d.Options, d.Fresh, h.tell("trade-off"))
	at, _ := slices.BinarySearchFunc(r.Tradeoff, 1, func(b policy.Balance, one float64) int { return cmp.Compare(b.Factor, one) })
	r.Tradeoff = slices.Insert(r.Tradeoff, at, policy.Balance{Factor: 1, Assessment: r.Best})
	return err
}

// look measures the neighbourhood of the optimum.
func (r *PolicyResult) look(ctx context.Context, h PolicyHooks) (err error) {
	d := r.Decision
	r.Around, err = d.Problem.Look(ctx, r.State.Best.Theta, d.Runs, d.Points, h.tell("around the optimum"))
	return err
}

// pathRuns is how many runs the bands of the figures are made of, at most.
const pathRuns = 200

func (r *PolicyResult) simulate(ctx context.Context, _ PolicyHooks) (err error) {
	d := r.Decision
	n := min(pathRuns, d.Fresh)
	if r.BestPaths, err = d.Problem.Paths(ctx, r.State.Best.Theta, n); err != nil || d.Without == nil {
		return err
	}
	r.NonePaths, err = d.Problem.Paths(ctx, d.Without, n)
	return err
}

// Gain is how much smaller one objective is than another, on the same runs.
type Gain struct {
	Mean  float64 `json:"mean"`
	SE    float64 `json:"se"`
	Share float64 `json:"share"` // of the other objective
}

// over returns what the optimum gains over another policy.
func (r *PolicyResult) over(other *policy.Assessment) Gain {
	mean, se := policy.Difference(other, r.Best)
	return Gain{mean, se, mean / math.Abs(other.Objective)}
}
