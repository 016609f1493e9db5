package policy

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestOptimiserFindsTheOptimum(t *testing.T) {
	s := optimum(t, inTown(t), Options{Steps: 150})
	near(t, "best policy", s.Best.Theta, []float64{0.5, 2, 6}, 0.1)
	near(t, "objective", []float64{s.Best.Objective}, []float64{3}, 0.1)
	if s.Gradients != 150*4*8 || s.Plain != 32*8+2*128 {
		t.Errorf("%g gradients and %d plain runs counted", s.Gradients, s.Plain)
	}
}

func TestOptimiserAveragesOverABelief(t *testing.T) {
	p := inTown(t)
	p.Belief = Belief{Names: []string{"sick"}, Draws: [][]float64{{0}, {1}, {0.8}}} // mean 0.6
	s := optimum(t, p, Options{Steps: 150, Runs: 9})
	near(t, "best policy", s.Best.Theta, []float64{0.3, 2, 6}, 0.1)
}

// The level harm − squares is 1 − effort + noise; below 0.4 in 90 % of runs it
// needs effort 0.6 + 0.128.
func TestOptimiserRaisesPenalties(t *testing.T) {
	p := inTown(t)
	p.Objective.Constraints = []Constraint{{Measure: Measure{"last", harm, Last, 0, 3}, Below: 0.4, Probability: 0.9, Penalty: 0.1}}
	s := optimum(t, p, Options{Steps: 150, ValidationRuns: 500, Rounds: 8})
	if s.Round == 0 || s.Penalties[0] <= 0.1 || p.Objective.Constraints[0].Penalty != s.Penalties[0] {
		t.Errorf("after %d rounds the penalty is %v", s.Round, s.Penalties)
	}
	found, err := p.Assess(t.Context(), [][]float64{s.Best.Theta}, 1000, nil)
	if err != nil {
		t.Fatal(err)
	}
	if k := found[0].Constraints[0]; k.Probability < 0.85 || k.Probability > 0.99 {
		t.Errorf("kept in a share %g of fresh runs at %v", k.Probability, s.Best.Theta)
	}
}

func TestOptimiserIsTheSameOnAnyWorkersAndAfterARestart(t *testing.T) {
	options := Options{Steps: 12, Runs: 3, Starts: 2, ValidationRuns: 8}
	p := inTown(t)
	p.Workers = 3
	want := optimum(t, p, options)
	p.Workers = 1
	numbers := cmpopts.EquateNaNs()
	if d := cmp.Diff(want, optimum(t, p, options), numbers); d != "" {
		t.Errorf("on one worker: %s", d)
	}
	o, err := NewOptimiser(p, options)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	ctx, cancel := context.WithCancel(t.Context())
	if err := o.Run(ctx, func(s Step) {
		if s.Step == 5 {
			cancel()
		}
	}); err != context.Canceled {
		t.Fatal(err)
	}
	saved, err := json.Marshal(o.State())
	if err != nil {
		t.Fatal(err)
	}
	var state State
	if err := json.Unmarshal(saved, &state); err != nil {
		t.Fatal(err)
	}
	again, err := NewOptimiser(p, options)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Restore(state); err != nil {
		t.Fatal(err)
	}
	if err := again.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, again.State(), numbers); d != "" {
		t.Errorf("after a restart: %s", d)
	}
	state.Penalties = []float64{1}
	if err := again.Restore(state); err == nil {
		t.Error("a state with another number of constraints was taken")
	}
}

func TestStepIsWrittenWithoutNumbers(t *testing.T) {
	data, err := json.Marshal(Step{Step: 3, Objectives: []float64{1, math.Inf(1), math.NaN()}})
	if err != nil || string(data) != `{"step":3,"round":0,"objectives":[1,null,null]}` {
		t.Fatalf("%s, %v", data, err)
	}
	var s Step
	if err := json.Unmarshal(data, &s); err != nil || s.Step != 3 || s.Objectives[0] != 1 || !math.IsNaN(s.Objectives[2]) {
		t.Errorf("read as %+v, %v", s, err)
	}
}
