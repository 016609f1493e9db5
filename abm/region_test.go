package abm_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Choices made in one turn do not disturb each other, however many there are,
// nor those of the step that the agent is in.
func TestChoicesKeepTheirPlace(t *testing.T) {
	mustRun(t, rng.Seed{}, func(w *abm.World) {
		ofTheStep := w.ArgMax(consts(1, 2, 0), 1)
		for i := range w.Agents(5) {
			var all []abm.Choice
			for k := range 100 * (i + 1) {
				scores := consts(make([]float64, k%4+1)...)
				scores[k%len(scores)] = ad.Const(1)
				all = append(all, w.ArgMax(scores, 1))
			}
			for k, c := range all {
				if c.Index != k%len(c.OneHot) || c.OneHot[c.Index] != ad.Const(1) {
					t.Fatalf("choice %d of agent %d is %+v", k, i, c)
				}
			}
		}
		if ofTheStep.Of(consts(5, 6, 7)) != ad.Const(6) {
			t.Errorf("the step's choice is %+v", ofTheStep)
		}
	})
}

// A choice can be appended to without touching its neighbour.
func TestChoicesDoNotOverlap(t *testing.T) {
	mustRun(t, rng.Seed{}, func(w *abm.World) {
		first, second := w.ArgMax(consts(1, 0), 1), w.ArgMax(consts(1, 0), 1)
		_ = append(first.OneHot, ad.Const(9))
		if second.OneHot[0] != ad.Const(1) {
			t.Errorf("second is %+v", second)
		}
	})
}

// Under an audit a choice kept beyond its turn reads as NaN.
func TestLateChoiceIsNaN(t *testing.T) {
	s := ready(t, prober(1, func(w *abm.World) func() {
		var late abm.Choice
		for range w.Agents(1) {
			late = w.ArgMax(consts(1, 2), 1)
		}
		if x := late.OneHot[1].Primal(); !math.IsNaN(x) {
			t.Errorf("late choice reads %v", x)
		}
		return func() {}
	}))
	w := abm.NewWorld(s, nil, nil)
	w.Watch()
	if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
		t.Fatal(err)
	}
}

// A choice has one value for each alternative.
func TestChoiceOfTooFew(t *testing.T) {
	defer func() {
		if diff := cmp.Diff(any("abm: a choice needs one value for each alternative"), recover()); diff != "" {
			t.Error(diff)
		}
	}()
	mustRun(t, rng.Seed{}, func(w *abm.World) { w.ArgMax(consts(1, 2), 1).Of(consts(3)) })
}

// The alternatives not chosen may be infinite.
func TestChoiceOfInfinite(t *testing.T) {
	mustRun(t, rng.Seed{}, func(w *abm.World) {
		if got := w.ArgMax(consts(1, 2), 1).Of(consts(math.Inf(-1), 3)); got != ad.Const(3) {
			t.Errorf("got %v", got)
		}
	})
}
