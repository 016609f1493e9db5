package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

func TestArgMax(t *testing.T) {
	mustRun(t, rng.Seed{}, func(w *abm.World) {
		for _, test := range []struct {
			scores []float64
			want   int
		}{
			{[]float64{1, 3, 2}, 1}, {[]float64{5}, 0}, {[]float64{2, 2, 1}, 0}, {[]float64{1, 2, 2}, 1},
			{[]float64{math.Inf(-1), -5}, 1}, {[]float64{0, math.Copysign(0, -1)}, 0},
		} {
			c := w.ArgMax(consts(test.scores...), 1)
			if c.Index != test.want || len(c.OneHot) != len(test.scores) {
				t.Errorf("%v: %v, want %v", test.scores, c.Index, test.want)
			}
			for k, x := range c.OneHot {
				if x != c.OneHot[c.Index] && x != (ad.Num{}) || c.OneHot[c.Index] != ad.Const(1) {
					t.Errorf("%v: entry %d of %v", test.scores, k, c.OneHot)
				}
			}
		}
	})
}

// The value is hard and the derivatives are the softmax's, at the temperature.
func TestArgMaxDerivatives(t *testing.T) {
	for _, temperature := range []float64{0.05, 1, 20} {
		err := inForward(t, nil, []float64{0, 1.2, 2, 0, 0}, func(w *abm.World) {
			c := w.ArgMax([]ad.Num{w.Param("opens"), w.Param("closes"), ad.Const(1.9)}, temperature)
			p := logits([]float64{1.2, 2, 1.9}, temperature)
			for k, hot := range c.OneHot {
				want := []float64{-p[k] * p[0] / temperature, -p[k] * p[1] / temperature, 0, 0}
				if k < 2 {
					want[k] += p[k] / temperature
				}
				for i, got := range w.Arena().Tangents(nil, hot) {
					near(t, fmt.Sprintf("temperature %v: d p_%d/d θ_%d", temperature, k, i), got, want[i], 1e-13)
				}
				if hard := k == 1; hard != (hot.Primal() == 1) || !hard && hot.Primal() != 0 {
					t.Errorf("one-hot %v at %d", hot.Primal(), k)
				}
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// A tie is broken evenly and by the agent's luck; a winner alone always wins.
func TestArgMaxRandomTies(t *testing.T) {
	counts := map[string]int{}
	mustRun(t, rng.Seed{Master: 3}, func(w *abm.World) {
		for range w.Agents(draws) {
			k := w.ArgMaxRandomTies(0, consts(7, 1, 7, 7, 2), 1).Index
			if k == 1 || k == 4 {
				t.Fatalf("alternative %d wins", k)
			}
			counts[fmt.Sprint(k)]++
			if again := w.ArgMaxRandomTies(0, consts(7, 1, 7, 7, 2), 1).Index; again != k {
				t.Fatal("the same tie is broken another way")
			}
			if k := w.ArgMaxRandomTies(0, consts(7, 1, 8, 7, 2), 1).Index; k != 2 {
				t.Fatalf("alternative %d wins", k)
			}
		}
	})
	checkEqualCounts(t, counts, 3)
}

// The derivatives at a tie do not depend on who wins it.
func TestTiesShareDerivatives(t *testing.T) {
	err := inForward(t, nil, []float64{0, 1, 1.5, 0, 0}, func(w *abm.World) {
		scores := []ad.Num{w.Param("opens"), w.Param("closes").Plus(-0.5)}
		for k := range 20 {
			c := w.ArgMaxRandomTies(abm.Purpose(0).At(k), scores, 2)
			got := w.Arena().Tangents(nil, c.OneHot[1])
			near(t, "first", got[0], -0.125, 1e-15)
			near(t, "second", got[1], 0.125, 1e-15)
		}
	})
	if err != nil {
		t.Error(err)
	}
}
