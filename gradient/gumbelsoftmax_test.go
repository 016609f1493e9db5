package gradient_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// choosing is a choice with probabilities p, observed one alternative each.
func choosing(p ...string) *abm.Model {
	return toy("choosing", p, append([]string{"rest"}, p...), func(w *abm.World) []ad.Num {
		rest := ad.Const(1)
		all := []ad.Num{rest}
		for _, name := range p {
			all = append(all, w.Param(name))
			rest = rest.Sub(w.Param(name))
		}
		all[0] = rest
		return w.Categorical(0, all).OneHot
	})
}

// samples calls each with samples of the runs 0 … n−1.
func samples(t *testing.T, e gradient.Estimator, p *gradient.Problem, n uint64, each func(s *gradient.Sample)) {
	t.Helper()
	s, err := e.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var sample gradient.Sample
	for run := range n {
		if err := s.Sample(run, &sample); err != nil {
			t.Fatal(err)
		}
		each(&sample)
	}
}

// A choice loses in one alternative what it gains in another, by numbers that
// are finite however unlikely an alternative is.
func TestGumbelSoftmaxChoiceIsBalanced(t *testing.T) {
	for _, tau := range []float64{0.01, 0.1, 1, 3} {
		p := problem(t, choosing("a", "b", "c"), 0.3, 1e-200, 0.2)
		samples(t, gradient.GumbelSoftmax{Temperature: tau}, p, 2000, func(s *gradient.Sample) {
			for k := range 3 {
				sum, size := 0.0, 0.0
				for o := range 4 {
					sum += s.Jacobian[o*3+k]
					size += math.Abs(s.Jacobian[o*3+k])
				}
				if !(math.Abs(sum) <= 1e-12*(1+size)) {
					t.Fatalf("τ = %g: gains and losses %v do not cancel", tau, s.Jacobian)
				}
			}
		})
	}
}

// A choice between two is a Bernoulli draw in other words, so it has the mean
// slope of one.
func TestGumbelSoftmaxChoiceOfTwo(t *testing.T) {
	for _, e := range []struct {
		estimator gradient.GumbelSoftmax
		want      float64
	}{
		{gradient.GumbelSoftmax{Temperature: 0.5}, softened[0.1][1][0]},
		{gradient.GumbelSoftmax{Temperature: 2}, softened[0.1][3][0]},
		{gradient.GumbelSoftmax{Temperature: 0.5, Calibrate: true}, 1},
	} {
		var slope tally
		samples(t, e.estimator, problem(t, choosing("p"), 0.1), 60_000, func(s *gradient.Sample) {
			slope.add(s.Jacobian[1])
		})
		slope.compare(t, "slope of a choice of two", e.want, 1e-4)
	}
}

// Where a probability is 0 the slope has a limit for τ < 1, and else not.
func TestGumbelSoftmaxAtTheEdge(t *testing.T) {
	draw := toy("draw", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num {
		return []ad.Num{w.Bernoulli(0, w.Param("p"))}
	})
	for _, m := range []*abm.Model{draw, choosing("p")} {
		for _, edge := range []float64{0, 1} {
			p := problem(t, m, edge)
			samples(t, gradient.GumbelSoftmax{Temperature: 0.5}, p, 20, func(s *gradient.Sample) {
				for _, d := range s.Jacobian {
					if d != 0 {
						t.Errorf("%s at p = %g has derivative %g, want 0", m.Name, edge, d)
					}
				}
			})
			collected, err := gradient.Collect(context.Background(), p, gradient.GumbelSoftmax{Temperature: 2}, gradient.Sampling{Samples: 20})
			if err != nil {
				t.Fatal(err)
			}
			if collected.NonFinite != 20 || collected.N != 0 {
				t.Errorf("%s at p = %g, τ = 2: %d samples are not finite, want 20", m.Name, edge, collected.NonFinite)
			}
		}
	}
}

func TestGumbelSoftmaxNeedsATemperature(t *testing.T) {
	for _, tau := range []float64{-1, math.NaN(), math.Inf(1)} {
		_, err := gradient.GumbelSoftmax{Temperature: tau}.Sampler(problem(t, choosing("p"), 0.1))
		if err == nil || !strings.Contains(err.Error(), "must be greater than 0") {
			t.Errorf("τ = %g: %v", tau, err)
		}
	}
}
