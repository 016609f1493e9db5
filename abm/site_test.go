package abm_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// A purpose keeps its kind whatever its index, and has the index given last.
func TestPurposeAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := abm.Purpose(rapid.Uint32().Draw(t, "kind"))
		k := int(rapid.Uint32().Draw(t, "k"))
		q := p.At(3).At(k)
		if q.Kind() != int(p) || q.Index() != k || p.At(0) != p || p.Index() != 0 {
			t.Fatalf("kind %d, index %d of %d.At(%d)", q.Kind(), q.Index(), p, k)
		}
	})
}

// Draws with different indices are unlike, and each is its own again: by one
// uniform and by many, beyond the slots of the cache, and where an index equals
// another kind.
func TestDrawsByIndex(t *testing.T) {
	for _, draw := range []func(w *abm.World, p abm.Purpose) ad.Num{
		func(w *abm.World, p abm.Purpose) ad.Num { return w.Uniform(p, ad.Const(0), ad.Const(1)) },
		func(w *abm.World, p abm.Purpose) ad.Num { return w.Normal(p, ad.Const(0), ad.Const(1)) },
	} {
		mustRun(t, rng.Seed{Master: 2}, func(w *abm.World) {
			for range w.Agents(12) {
				seen := map[ad.Num]abm.Purpose{}
				for k := range 20 {
					for kind := range abm.Purpose(3) {
						p := kind.At(k)
						x := draw(w, p)
						if other, again := seen[x]; again {
							t.Fatalf("draws %d and %d of kinds %d and %d are equal", other.Index(), k, other.Kind(), kind)
						}
						seen[x] = p
					}
				}
				for x, p := range seen {
					if draw(w, p) != x {
						t.Fatal("a draw is another when repeated")
					}
				}
			}
		})
	}
}

// A forced draw is told apart by its index, and Luck finds its number.
func TestSiteOfAnIndex(t *testing.T) {
	s := ready(t, prober(1, func(w *abm.World) func() {
		for k := range 4 {
			w.Observe(0, w.Bernoulli(abm.Purpose(1).At(k), ad.Const(0)).Times(float64(k+1)))
		}
		if got, want := w.Luck(abm.Site{Purpose: abm.Purpose(1).At(2), Agent: -1}), w.Uniform(abm.Purpose(1).At(2), ad.Const(0), ad.Const(1)); got != want.Primal() {
			t.Errorf("luck %v, drawn %v", got, want.Primal())
		}
		return func() {}
	}))
	w := abm.NewWorld(s, nil, nil)
	w.Force(abm.Site{Purpose: abm.Purpose(1).At(2), Agent: -1}, 1)
	if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	if got := w.Series(nil)[0]; got != 3 {
		t.Errorf("forcing index 2 gives %v, want 3", got)
	}
}

func TestFaultOfAnIndex(t *testing.T) {
	err := once(t, rng.Seed{}, func(w *abm.World) { w.Bernoulli(abm.Purpose(1).At(2), ad.Const(2)) })
	if err == nil || !strings.HasSuffix(err.Error(), `(draw "second", index 2, step 0)`) {
		t.Errorf("got %v", err)
	}
}
