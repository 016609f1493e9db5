package abm_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

const draws = 40000

// frequency returns the mean of a draw over many agents.
func frequency(t *testing.T, seed uint64, draw func(w *abm.World) ad.Num) float64 {
	sum := 0.0
	mustRun(t, rng.Seed{Master: seed}, func(w *abm.World) {
		for range w.Agents(draws) {
			sum += draw(w).Primal()
		}
	})
	return sum / draws
}

func checkFrequency(t *testing.T, name string, got, p float64) {
	t.Helper()
	if z := (got - p) / math.Sqrt(p*(1-p)/draws); got != p && !(math.Abs(z) < 4) {
		t.Errorf("%s: frequency %v is %.1f standard errors from %v", name, got, z, p)
	}
}

func TestBernoulliFrequency(t *testing.T) {
	for k, p := range []float64{0, 1e-3, 0.2, 0.5, 0.97, 1} {
		got := frequency(t, uint64(k), func(w *abm.World) ad.Num { return w.Bernoulli(0, ad.Const(p)) })
		checkFrequency(t, fmt.Sprint("Bernoulli ", p), got, p)
	}
}

// An event happens with probability 1 − e^−h: it is, draw for draw, the
// Bernoulli draw with that probability.
func TestEventIsBernoulli(t *testing.T) {
	mustRun(t, rng.Seed{Master: 1}, func(w *abm.World) {
		for _, h := range []float64{0, 1e-9, 0.01, 0.5, 1, 3, 40, 1e6, math.Inf(1)} {
			for range w.Agents(2000) {
				event, draw := w.Event(0, ad.Const(h)), w.Bernoulli(0, ad.Const(-math.Expm1(-h)))
				if event != draw {
					t.Fatalf("hazard %v: %v, want %v", h, event, draw)
				}
			}
		}
	})
	for k, h := range []float64{0.05, 0.7, 2.5} {
		got := frequency(t, uint64(k), func(w *abm.World) ad.Num { return w.Event(0, ad.Const(h)) })
		checkFrequency(t, fmt.Sprint("event ", h), got, 1-math.Exp(-h))
	}
}

// asked records what probabilities a rule is asked about.
type asked struct {
	straight
	p []ad.Num
}

func (a *asked) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	a.p = append(a.p, p)
	return a.straight.Bernoulli(w, at, p, x)
}

// The rule meets the probability of an event with its derivative e^−h, and is
// asked only about numbers with derivatives.
func TestRuleIsAskedAboutActiveProbabilities(t *testing.T) {
	s := ready(t, prober(1, func(w *abm.World) func() {
		w.Observe(0, w.Event(0, w.Param("rate")))
		w.Event(0, w.Param("rate").Times(1e6)) // certain
		w.Event(0, ad.Const(1))
		w.Bernoulli(0, ad.Const(0.5))
		w.Bernoulli(0, w.Param("share"))
		return func() {}
	}))
	rule := &asked{}
	w := abm.NewWorld(s, []int{3, 4}, rule)
	defer w.Close()
	if err := w.Run([]float64{0, 0, 1, 0.5, 0.7}, rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	if len(rule.p) != 2 {
		t.Fatalf("the rule is asked %d times, want 2", len(rule.p))
	}
	for _, p := range rule.p {
		if !p.Active() {
			t.Error("the rule is asked about a passive probability")
		}
	}
	if got, want := w.Jacobian(nil)[1], math.Exp(-0.7); math.Abs(got-want) > 1e-15 {
		t.Errorf("derivative %v, want %v", got, want)
	}
}

// Draws of neighbouring agents, purposes and steps are unlike; a draw asked for
// twice is the same, and does not depend on what else is drawn.
func TestDrawsByPlace(t *testing.T) {
	s := ready(t, prober(3, func(w *abm.World) func() {
		seen := map[float64]bool{}
		look := func() {
			for range w.Agents(20) {
				for _, p := range []abm.Purpose{0, 1, 8, 9} { // 0 and 8 share a cache slot
					u := w.Uniform(p, ad.Const(0), ad.Const(1))
					w.Normal(p, ad.Const(0), ad.Const(1))
					if again := w.Uniform(p, ad.Const(0), ad.Const(1)); again != u || seen[u.Primal()] {
						t.Errorf("draw %v is new: %v", u, !seen[u.Primal()])
					}
					seen[u.Primal()] = true
				}
			}
		}
		look()
		return look
	}))
	if err := abm.NewWorld(s, nil, nil).Run(s.Theta(), rng.Seed{}); err != nil {
		t.Fatal(err)
	}
}

// All ordered samples without replacement are equally likely.
func TestSampleIsUniform(t *testing.T) {
	counts := map[string]int{}
	mustRun(t, rng.Seed{Master: 6}, func(w *abm.World) {
		for range w.Agents(draws) {
			counts[fmt.Sprint(w.Sample(0, 5, 3))]++
		}
		if got := w.Sample(0, 1000000, 5); len(got) != 5 {
			t.Errorf("sample %v", got)
		}
		if got := w.Sample(0, 5, 0); len(got) != 0 {
			t.Errorf("sample %v of none", got)
		}
		all := w.Sample(1, 50, 50)
		slices.Sort(all)
		for i, v := range all {
			if i != v {
				t.Fatalf("a sample of all is %v", all)
			}
		}
	})
	checkEqualCounts(t, counts, 60)
}

// checkEqualCounts tests counts of n equally likely outcomes by chi-square.
func checkEqualCounts(t *testing.T, counts map[string]int, n int) {
	t.Helper()
	expected, statistic := float64(draws)/float64(n), 0.0
	for _, k := range counts {
		statistic += (float64(k) - expected) * (float64(k) - expected) / expected
	}
	df := float64(n - 1)
	if z := (statistic - df) / math.Sqrt(2*df); len(counts) != n || z > 4 {
		t.Errorf("%d outcomes, want %d; chi-square %.1f standard deviations high", len(counts), n, z)
	}
}
