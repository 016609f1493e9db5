package abm_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// A fault names the model, what is wrong, the draw, the agent and the step.
func TestFaults(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, test := range []struct {
		draw func(w *abm.World)
		want string
	}{
		{func(w *abm.World) { w.Bernoulli(1, ad.Const(nan)) }, "a probability is NaN (not a number); look for 0/0 or ∞−∞ upstream"},
		{func(w *abm.World) { w.Bernoulli(1, ad.Const(1.2)) }, "a probability must lie between 0 and 1, is 1.2; bound the rate or use Event, which takes any rate ≥ 0"},
		{func(w *abm.World) { w.Bernoulli(1, ad.Const(-0.5)) }, "a probability must lie between 0 and 1, is -0.5; bound the rate or use Event, which takes any rate ≥ 0"},
		{func(w *abm.World) { w.Event(1, ad.Const(-0.5)) }, "a hazard must be zero or positive, is -0.5"},
		{func(w *abm.World) { w.Event(1, ad.Const(nan)) }, "a hazard must be zero or positive, is NaN"},
		{func(w *abm.World) { w.Categorical(1, consts(0.5, 0.6)) }, "the probabilities of a choice must sum to 1, sum to 1.1"},
		{func(w *abm.World) { w.Categorical(1, nil) }, "the probabilities of a choice must sum to 1, sum to 0"},
		{func(w *abm.World) { w.Categorical(1, consts(0.5, nan)) }, "a probability is NaN (not a number); look for 0/0 or ∞−∞ upstream"},
		{func(w *abm.World) { w.Categorical(1, consts(1.5, -0.5)) }, "a probability must lie between 0 and 1, is 1.5; bound the rate or use Event, which takes any rate ≥ 0"},
		{func(w *abm.World) { w.Binomial(1, 3, ad.Const(nan)) }, "a probability is NaN (not a number); look for 0/0 or ∞−∞ upstream"},
		{func(w *abm.World) { w.Binomial(1, -1, ad.Const(0.5)) }, "a binomial law needs from 0 to 1e15 trials, not -1"},
		{func(w *abm.World) { w.Geometric(1, ad.Const(-0.1)) }, "a probability must lie between 0 and 1, is -0.1; bound the rate or use Event, which takes any rate ≥ 0"},
		{func(w *abm.World) { w.Geometric(1, ad.Const(0)) }, "a geometric law needs a probability above 0, or the wait never ends"},
		{func(w *abm.World) { w.Poisson(1, ad.Const(-2)) }, "a Poisson law needs a mean from 0 to 1e15, not -2"},
		{func(w *abm.World) { w.Poisson(1, ad.Const(nan)) }, "a Poisson law needs a mean from 0 to 1e15, not NaN"},
		{func(w *abm.World) { w.Uniform(1, ad.Const(2), ad.Const(1)) }, "a uniform law needs an interval, not one from 2 to 1"},
		{func(w *abm.World) { w.Uniform(1, ad.Const(0), ad.Const(nan)) }, "a uniform law needs an interval, not one from 0 to NaN"},
		{func(w *abm.World) { w.Sample(1, 3, 4) }, "a sample must have from none to all of 3, not 4"},
		{func(w *abm.World) { w.Normal(1, ad.Const(0), ad.Const(-1)) }, "a standard deviation must be zero or positive, is -1"},
		{func(w *abm.World) { w.LogNormal(1, ad.Const(0), ad.Const(nan)) }, "a standard deviation must be zero or positive, is NaN"},
		{func(w *abm.World) { w.Exponential(1, ad.Const(0)) }, "the rate of an exponential law must be positive and finite, is 0"},
		{func(w *abm.World) { w.Gamma(1, ad.Const(0), ad.Const(1)) }, "a shape of a gamma law must be positive and finite, is 0"},
		{func(w *abm.World) { w.Gamma(1, ad.Const(1), ad.Const(inf)) }, "the rate of a gamma law must be positive and finite, is +Inf"},
		{func(w *abm.World) { w.Beta(1, ad.Const(1), ad.Const(-3)) }, "a shape of a beta law must be positive and finite, is -3"},
		{func(w *abm.World) { w.Beta(1, ad.Const(nan), ad.Const(3)) }, "a shape of a beta law must be positive and finite, is NaN"},
		{func(w *abm.World) { w.Dirichlet(1, consts(1, 0)) }, "a shape of a Dirichlet law must be positive and finite, is 0"},
		{func(w *abm.World) { w.Dirichlet(1, nil) }, "a Dirichlet law needs at least one shape"},
		{func(w *abm.World) { w.Choose(1, consts(1, 2), ad.Const(0)) }, "the temperature of a choice must be positive and finite, is 0"},
		{func(w *abm.World) { w.Choose(1, consts(1, nan), ad.Const(1)) }, "utility 1 of a choice is NaN (not a number); look for 0/0 or ∞−∞ upstream"},
		{func(w *abm.World) { w.Choose(1, consts(-inf, -inf), ad.Const(1)) }, "the largest utility of a choice must be finite, is -Inf"},
		{func(w *abm.World) { w.Choose(1, nil, ad.Const(1)) }, "a choice needs at least one alternative"},
	} {
		s := ready(t, prober(9, func(w *abm.World) func() {
			return func() {
				for i := range w.Agents(10) {
					if i == 7 && w.Step() == 4 {
						test.draw(w)
					}
				}
			}
		}))
		w := abm.NewWorld(s, nil, nil)
		err := w.Run(s.Theta(), rng.Seed{})
		want := "model prober: " + test.want + ` (draw "second", agent 7, step 4)`
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		var fault *abm.Fault
		if !errors.As(err, &fault) || fault.Site != (abm.Site{Purpose: 1, Agent: 7, Step: 4}) {
			t.Errorf("fault %+v", fault)
		}
	}
}

// A draw of the world has no agent, and an unnamed purpose its number.
func TestFaultOfTheWorld(t *testing.T) {
	err := once(t, rng.Seed{}, func(w *abm.World) { w.Event(5, ad.Const(-1)) })
	if err == nil || !strings.HasSuffix(err.Error(), `(draw "purpose 5", step 0)`) {
		t.Errorf("got %v", err)
	}
}
