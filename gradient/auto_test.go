package gradient_test

import (
	"context"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

func auto(t *testing.T) gradient.Estimator {
	t.Helper()
	e, err := gradient.New("auto", nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// mixed is a model whose first parameter straight-through serves exactly and its
// second not at all.
var mixed = toy("mixed", []string{"linear", "jump"}, []string{"y"}, func(w *abm.World) []ad.Num {
	sum := w.Column(1)
	for range w.Agents(20) {
		x := w.Bernoulli(0, w.Param("linear"))
		y := w.Bernoulli(1, w.Param("jump"))
		sum.Add(0, x.Add(y.Mul(y).Mul(y).Times(5)))
	}
	return []ad.Num{sum.At(0)}
})

// Auto gives each parameter an estimator that is right for it, and says which.
func TestAutoChoosesByParameter(t *testing.T) {
	e, p := auto(t), problem(t, mixed, 0.5, 0.7)
	m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: 200, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{20, 100} {
		if d := math.Abs(m.Mean[k] - want); d > 4*m.SE(k)+1e-9 {
			t.Errorf("derivative %d is %g ± %g, want %g", k, m.Mean[k], m.SE(k), want)
		}
	}
	choices := gradient.Choices(e)
	if len(choices) != 2 || choices[0].Parameter != "linear" || choices[1].Parameter != "jump" {
		t.Fatalf("choices %+v", choices)
	}
	for _, c := range choices {
		if c.Why == "" {
			t.Errorf("no reason for %+v", c)
		}
	}
	switch choices[1].Estimator {
	case "straight-through", "gumbel-softmax", "smoothed":
		t.Errorf("a surrogate for a cube: %+v", choices[1])
	}
}

// The choice and the samples are the same for any number of workers and again.
func TestAutoIsDeterministic(t *testing.T) {
	var first *gradient.Moments
	var choices []gradient.Choice
	for _, workers := range []int{1, 3} {
		p := asked(t, coins)
		e, err := gradient.Ready(context.Background(), p, auto(t), workers, nil)
		if err != nil {
			t.Fatal(err)
		}
		m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: 10, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first, choices = m, gradient.Choices(e)
			continue
		}
		if d := cmp.Diff(choices, gradient.Choices(e)); d != "" {
			t.Error(d)
		}
		if d := cmp.Diff(first.Mean, m.Mean); d != "" {
			t.Error(d)
		}
	}
}

// An estimator that cannot serve the model is not chosen; here flip, by a branch.
func TestAutoLeavesOutWhatCannotServe(t *testing.T) {
	branch := toy("branch", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		if w.Param("p").Value() > 0.2 {
			x := w.Bernoulli(0, w.Param("p"))
			return []ad.Num{x.Mul(x).Mul(x)}
		}
		return nums(0)
	})
	e := auto(t)
	if _, err := gradient.Collect(context.Background(), problem(t, branch, 0.3), e, gradient.Sampling{Samples: 2}); err != nil {
		t.Fatal(err)
	}
	if c := gradient.Choices(e); len(c) != 1 || c[0].Estimator == "flip" {
		t.Errorf("choices %+v", c)
	}
}

// A loss is sampled by each estimator's own rule for losses: E[L(x)] of one toss
// has the derivative L(1) − L(0).
func TestAutoOfALoss(t *testing.T) {
	p := problem(t, toy("toss", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		return []ad.Num{w.Bernoulli(0, w.Param("p"))}
	}), 0.4)
	cubed := func(series, adjoint []float64) float64 {
		x := series[0] + 1
		if adjoint != nil {
			adjoint[0] = 3 * x * x
		}
		return x * x * x
	}
	e := auto(t)
	m, err := gradient.Collect(context.Background(), p, gradient.Loss{Objective: cubed, Estimator: e}, gradient.Sampling{Samples: 50})
	if err != nil || len(m.Mean) != 1 {
		t.Fatalf("%v, %v", m, err)
	}
	if d := math.Abs(m.Mean[0] - 7); d > 4*m.SE(0)+1e-9 {
		t.Errorf("gradient %g ± %g, want 7; %+v", m.Mean[0], m.SE(0), gradient.Choices(e))
	}
	if len(gradient.Choices(e)) != 1 {
		t.Error("nothing chosen")
	}
}

func TestAutoRefuses(t *testing.T) {
	for _, a := range []gradient.Auto{{Pilot: 3}, {Budget: -1}} {
		if _, err := a.Sampler(asked(t, coins)); err == nil {
			t.Errorf("%+v is accepted", a)
		}
	}
}

// Nothing is chosen before the pilot, and nothing by estimators that do not choose.
func TestChoices(t *testing.T) {
	if gradient.Choices(auto(t)) != nil || gradient.Choices(gradient.StraightThrough{}) != nil {
		t.Error("choices out of nothing")
	}
}
