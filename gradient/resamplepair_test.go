package gradient_test

import (
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// attributes is a model of agents with an attribute of each law that an estimator
// hears of, whose mean is observed. They differ in what they add.
func attributes(agents int) *abm.Model {
	m := toy("attributes", []string{"p"}, []string{"sum"}, nil)
	m.Start = func(w *abm.World) func() {
		p := w.Param("p")
		two := []ad.Num{p, p.Not()}
		for range w.Agents(agents) {
			w.Observe(0, w.Bernoulli(0, p))
			w.Observe(0, w.Categorical(1, two).Of(nums(2, 1)))
			w.Observe(0, w.Binomial(2, 2, p))
			w.Observe(0, w.Geometric(3, p))
			w.Observe(0, w.Poisson(4, p))
			w.Observe(0, w.Normal(5, p, p.Square()))
			w.Observe(0, w.Exponential(6, p.Times(2)))
			w.Observe(0, w.Gamma(7, p.Times(4), p))
			w.Observe(0, w.Beta(8, p.Times(3), p))
		}
		return func() {}
	}
	return m
}

// Every law is drawn anew from itself: Σ of the derivatives of all means.
func TestResamplePairKnowsEveryLaw(t *testing.T) {
	const p, agents = 0.6, 3
	want := agents * (1 + 1 + 2 - 1/(p*p) + 1 + 1 - 1/(2*p*p) + 0 + 0)
	for _, pairs := range []int{1, 10, 100} { // few of 27 sites, some, all of them
		var x tally
		made := 0.0
		samples(t, gradient.ResamplePair{Pairs: pairs}, problem(t, attributes(agents), p), 4_000, func(s *gradient.Sample) {
			x.add(s.Jacobian[0])
			made = max(made, s.Runs)
		})
		x.compare(t, "the derivative of all", want, 0)
		if most := float64(1 + min(9*agents, pairs+1)); made > most {
			t.Errorf("%g runs a sample for %d pairs, want at most %g", made, pairs, most)
		}
	}
}

// A draw whose law no parameter moves is no site.
func TestResamplePairLeavesFixedLawsAlone(t *testing.T) {
	m := toy("fixed", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num {
		half := ad.Const(0.5)
		return []ad.Num{w.Bernoulli(0, half).Add(w.Beta(1, half, half)).Mul(w.Param("p"))}
	})
	samples(t, gradient.ResamplePair{}, problem(t, m, 2), 20, func(s *gradient.Sample) {
		if s.Runs != 1 || math.Abs(s.Jacobian[0]-s.Series[0]/2) > 1e-12 {
			t.Errorf("%g runs, derivative %g of %g; want the pathwise one of a single run", s.Runs, s.Jacobian[0], s.Series[0])
		}
	})
}

func TestResamplePairNeedsAPair(t *testing.T) {
	_, err := gradient.ResamplePair{Pairs: -1}.Sampler(problem(t, choosing("p"), 0.1))
	if err == nil || !strings.Contains(err.Error(), "at least 1") {
		t.Errorf("%v, want an error that asks for at least 1", err)
	}
	_, err = gradient.ResamplePair{}.Sampler(problem(t, choosing("p"), 1.5))
	if err == nil || !strings.Contains(err.Error(), "probability") {
		t.Errorf("%v, want what is wrong with the run that counts sites", err)
	}
}
