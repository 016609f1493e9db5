package sugarscape

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// watched is the model with a function that is told of every state.
func watched(each func(r *run)) *abm.Model {
	m := *Model
	m.Start = func(w *abm.World) func() {
		r := newRun(w)
		each(r)
		return func() {
			r.step()
			each(r)
		}
	}
	return &m
}

func prepared(t testing.TB, m *abm.Model, assignments ...string) *abm.Setup {
	t.Helper()
	s := abm.NewSetup(m)
	for _, a := range assignments {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	return s
}

// simulate makes one plain run.
func simulate(t testing.TB, s *abm.Setup, run uint64) []float64 {
	t.Helper()
	w := abm.NewWorld(s, nil, nil)
	if err := w.Run(s.Theta(), rng.Seed{Master: 1, Run: run}); err != nil {
		t.Fatal(err)
	}
	return w.Series(nil)
}

// state is a copy of what an agent needs to be held to account.
type state struct{ sugar, at, wealth, alive []float64 }

func stateOf(r *run) state {
	return state{slices.Clone(r.sugar.Values()), slices.Clone(r.at.Values()), slices.Clone(r.wealth.Values()), slices.Clone(r.alive.Values())}
}

// Nobody shares a cell, the dead are gone with what they died with, and what agents
// have gained is what lay on their cells.
func TestInvariants(t *testing.T) {
	for _, settings := range [][]string{
		{}, {"regrowth=all", "growth=0.25", "agents=800"}, {"sight=square", "ties=nearest"}, {"agents=2500"},
		{"attributes=uniform", "metabolism_least=1", "agents=400"},
	} {
		var before state
		s := prepared(t, watched(func(r *run) {
			now := stateOf(r)
			checkPlaces(t, r)
			if before.at != nil {
				checkAccounts(t, r, before, now)
			}
			before = now
		}), settings...)
		simulate(t, s, 0)
	}
}

func checkPlaces(t *testing.T, r *run) {
	t.Helper()
	taken := map[int]bool{}
	for i, c := range r.at.Values() {
		alive := r.alive.Values()[i] == 1
		if alive != (c != nowhere) || alive != (r.wealth.Values()[i] > 0) || taken[int(c)] && alive {
			t.Fatalf("agent %d: alive %v on cell %v with %v", i, alive, c, r.wealth.Values()[i])
		}
		taken[int(c)] = true
	}
	for c, s := range r.sugar.Values() {
		if barred := r.bars.Values()[c] == bar; barred != taken[c] {
			t.Fatalf("cell %d is barred: %v", c, barred)
		}
		if s < 0 || s > r.land.capacity[c] {
			t.Fatalf("cell %d holds %g of %g", c, s, r.land.capacity[c])
		}
	}
}

func checkAccounts(t *testing.T, r *run, before, now state) {
	t.Helper()
	for i, was := range before.alive {
		if was == 0 {
			if now.alive[i] != 0 || now.wealth[i] != before.wealth[i] {
				t.Fatalf("agent %d was dead with %g and now has %g", i, before.wealth[i], now.wealth[i])
			}
			continue
		}
		gain := now.wealth[i] - before.wealth[i] + r.eats.Values()[i]
		if now.alive[i] == 0 {
			continue
		}
		lay := before.sugar[int(now.at[i])]
		if math.Abs(gain-lay) > 1e-9 && math.Abs(gain) > 1e-9 { // a neighbour may have taken it and died there
			t.Fatalf("agent %d gained %g where %g lay", i, gain, lay)
		}
	}
}

// Newborns keep the population, and die of age.
func TestReplacement(t *testing.T) {
	const agents, least, most = 250, 60, 100
	born, died := make([]int, agents), 0
	s := prepared(t, watched(func(r *run) {
		checkPlaces(t, r)
		for i, row := range r.dies.Values() {
			if r.alive.Values()[i] != 1 || int(row) < r.w.Step() || int(row) > r.w.Step()+most {
				t.Fatalf("agent %d will die in row %v of row %d", i, row, r.w.Step())
			}
			if int(row) != born[i] {
				born[i] = int(row)
				died++
			}
		}
	}), "agents=250", "steps=400", "attributes=uniform", "replacement=newborn", "lifespan_least=60", "lifespan_most=100")
	simulate(t, s, 0)
	if fewest := agents * 400 / most; died < fewest {
		t.Errorf("%d were born, want at least %d", died, fewest)
	}
}

// A Gini coefficient is half the mean difference of two agents by the mean, and its
// derivatives are those of finite differences.
func TestGini(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		h := make([]float64, n) // apart, for a Gini coefficient has kinks at ties
		for i, k := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "order")[:n] {
			h[i] = float64(k) + rapid.Float64Range(0.1, 0.9).Draw(t, "h")
		}
		a := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 1}), n, n).Draw(t, "a")
		a[0] = 1
		arena := ad.NewForward(2 * n)
		defer arena.Close()
		r := &run{n: n, wealth: ad.NewColumn(arena, n), alive: ad.NewColumn(arena, n), ranking: newRanking(n)}
		for i := range n {
			r.wealth.Set(i, arena.Param(i, h[i]))
			r.alive.Set(i, arena.Param(n+i, a[i]))
		}
		g := r.gini(r.alive.Sum())
		if want := naiveGini(h, a); math.Abs(g.Primal()-want) > 1e-12 {
			t.Fatalf("Gini of %v is %g, want %g", h, g.Primal(), want)
		}
		d := arena.Tangents(nil, g)
		for i := range n {
			if want := slope(h, i, func() float64 { return naiveGini(h, a) }); math.Abs(d[i]-want) > 1e-5 {
				t.Fatalf("derivative by holdings %d is %g, want %g", i, d[i], want)
			}
			if want := slope(a, i, func() float64 { return naiveGini(h, a) }); math.Abs(d[n+i]-want) > 1e-5 {
				t.Fatalf("derivative by life %d is %g, want %g", i, d[n+i], want)
			}
		}
	})
}

func naiveGini(h, a []float64) float64 {
	spread, n, held := 0.0, 0.0, 0.0
	for i := range h {
		n += a[i]
		held += a[i] * h[i]
		for j := range h {
			spread += a[i] * a[j] * math.Abs(h[i]-h[j])
		}
	}
	return spread / (2 * n * held)
}

// slope is a central difference in x_i.
func slope(x []float64, i int, f func() float64) float64 {
	const step = 1e-6
	at := x[i]
	defer func() { x[i] = at }()
	x[i] = at + step
	up := f()
	x[i] = at - step
	return (up - f()) / (2 * step)
}
