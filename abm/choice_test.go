package abm_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

func TestCategoricalFrequencies(t *testing.T) {
	for seed, p := range [][]float64{
		{0.2, 0, 0.5, 0.3}, {0, 0, 1}, {1}, {0.5, 0.5, 0}, {1e-3, 0.999 - 1e-10, 0},
	} {
		counts := make([]float64, len(p))
		mustRun(t, rng.Seed{Master: uint64(seed)}, func(w *abm.World) {
			for range w.Agents(draws) {
				counts[w.Categorical(0, consts(p...)).Index]++
			}
		})
		statistic, df := 0.0, -1.0
		for k, q := range p {
			if q == 0 {
				if counts[k] != 0 {
					t.Errorf("%v: index %d of probability 0 is drawn", p, k)
				}
				continue
			}
			df++
			expected := q * draws
			statistic += (counts[k] - expected) * (counts[k] - expected) / expected
		}
		if df == 0 {
			continue
		}
		if z := (statistic - df) / math.Sqrt(2*df); z > 4 {
			t.Errorf("%v: counts %v, chi-square %.1f standard deviations high", p, counts, z)
		}
	}
}

// Probabilities may miss a sum of 1 by rounding, not by more.
func TestCategoricalSum(t *testing.T) {
	for _, off := range []float64{-2e-9, -0.9e-9, 0.9e-9, 2e-9} {
		err := once(t, rng.Seed{}, func(w *abm.World) { w.Categorical(0, consts(0.5, 0.5+off)) })
		if fails := err != nil; fails != (math.Abs(off) > 1e-9) {
			t.Errorf("sum 1%+g: %v", off, err)
		}
	}
}

// The choice is 1 at its index and 0 elsewhere, with derivatives from the rule.
func TestChoice(t *testing.T) {
	s := ready(t, prober(1, func(w *abm.World) func() {
		share := w.Param("share")
		c := w.Categorical(0, []ad.Num{share.Times(0.5), share.Times(0.5), share.Not()})
		for k, x := range c.OneHot {
			if (x.Primal() == 1) != (k == c.Index) || (x.Primal() == 0) != (k != c.Index) {
				t.Errorf("index %d of %v", c.Index, c.OneHot)
			}
		}
		w.Observe(0, c.Of(consts(3.5, 5.2, 8.4)))
		w.Observe(1, c.Of([]ad.Num{w.Param("p"), w.Param("p"), w.Param("p")}))
		return func() {}
	}))
	w := abm.NewWorld(s, []int{0, 3}, straight{})
	defer w.Close()
	for run := range uint64(20) {
		if err := w.Run(s.Theta(), rng.Seed{Run: run}); err != nil {
			t.Fatal(err)
		}
		got := w.Jacobian(nil)
		for k, want := range []float64{0, 3.5/2 + 5.2/2 - 8.4, 1, 0} {
			if math.Abs(got[k]-want) > 1e-14 {
				t.Fatalf("derivatives %v, want entry %d to be %v", got, k, want)
			}
		}
	}
}

// A choice between constants needs no rule.
func TestPassiveChoice(t *testing.T) {
	mustRun(t, rng.Seed{}, func(w *abm.World) {
		c := w.Categorical(0, consts(0, 1))
		if diff := cmp.Diff([]float64{0, 1}, []float64{c.OneHot[0].Primal(), c.OneHot[1].Primal()}); diff != "" || c.Index != 1 {
			t.Error(diff)
		}
	})
}
