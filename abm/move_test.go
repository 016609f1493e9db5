package abm_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// rumour is a model of agents who do not know a rumour, tell it, or are tired of
// it and may forget it: by moves as far as byMoves says, else by Next. Tellers may
// keep to themselves for a step.
func rumour(g *network.Network, byMoves int) *abm.Setup {
	const (
		ignorant abm.State = iota
		teller
		tired
	)
	const told abm.Signal = 1
	local := func(w *abm.World) *abm.Local {
		hazard := func(contacts float64, felt *abm.Felt) ad.Num {
			return ad.Const(0.8 * float64(felt[told]) / max(1, contacts))
		}
		moves := []abm.Move{
			{From: ignorant, To: teller, Purpose: 2, Hazard: hazard, Quiet: true},
			{From: teller, To: tired, Purpose: 3, Hazard: func(contacts float64, felt *abm.Felt) ad.Num {
				return hazard(contacts, felt).Plus(0.1) // tellers tire of one another
			}},
			{From: tired, To: ignorant, Purpose: 4, Chance: func() ad.Num { return ad.Const(0.15) }},
		}
		next := func(i int, s abm.State, felt *abm.Felt) abm.State {
			m := moves[s]
			drawn := false
			switch {
			case m.Chance != nil:
				drawn = w.Bernoulli(m.Purpose, m.Chance()).Primal() == 1
			case !m.Quiet || felt[told] > 0:
				drawn = w.Event(m.Purpose, m.Hazard(g.Degree(i), felt)).Primal() == 1
			}
			if drawn {
				return m.To
			}
			return s
		}
		return &abm.Local{
			Network: g, States: 3, Signals: 1,
			Initial: func(int) abm.State { return abm.State(w.Bernoulli(0, ad.Const(0.1)).Primal()) },
			Show:    func(int, abm.State) abm.Signal { return abm.Signal(w.Bernoulli(1, ad.Const(0.9)).Primal()) },
			Shows:   []abm.State{teller},
			Moves:   moves[:byMoves], Next: next,
			Observe: func(out, _, now []ad.Num) { copy(out, now) },
		}
	}
	s := abm.NewSetup(&abm.Model{
		Name: "rumour", Settings: []abm.Setting{abm.StepsSetting(25)},
		Observables: []abm.Observable{{Name: "ignorant"}, {Name: "tellers"}, {Name: "tired"}},
		Start:       func(*abm.World) func() { panic("has a discrete form") },
		Local:       local,
	})
	if err := s.Prepare(); err != nil {
		panic(err)
	}
	return s
}

// However much of a model is declared as moves, its runs and their alternatives are
// the same.
func TestMovesAreNext(t *testing.T) {
	sparse, err := network.ErdosRenyi(50, 4, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []*network.Network{sparse, network.Complete(50)} {
		rapid.Check(t, func(t *rapid.T) {
			luck := rng.Seed{Master: rapid.Uint64Max(100).Draw(t, "seed")}
			at := abm.Site{
				Purpose: abm.Purpose(rapid.IntRange(0, 4).Draw(t, "purpose")),
				Agent:   rapid.IntRange(0, 49).Draw(t, "agent"),
			}
			if at.Purpose > 0 {
				at.Step = rapid.IntRange(1, 24).Draw(t, "step")
			}
			value := float64(rapid.IntRange(0, 1).Draw(t, "value"))
			var plain, other []float64
			for byMoves := range 4 {
				run, alternative := histories(t, rumour(g, byMoves), luck, at, value)
				if byMoves == 0 {
					plain, other = run, alternative
				}
				if !slices.Equal(run, plain) || !slices.Equal(alternative, other) {
					t.Fatalf("with %d moves a run or its alternative differs", byMoves)
				}
			}
		})
	}
}

// histories returns a run and its alternative, after checking that following the
// alternative and running it in full give the same.
func histories(t *rapid.T, s *abm.Setup, luck rng.Seed, at abm.Site, value float64) (run, alternative []float64) {
	w, alt := abm.NewWorld(s, nil, nil), abm.NewWorld(s, nil, nil)
	replay := w.Record()
	if err := w.Run(s.Theta(), luck); err != nil {
		t.Fatal(err)
	}
	run = w.Series(nil)
	replay.Start(s.Theta(), luck)
	followed := slices.Clone(run)
	replay.Follow(at, value, func(row, c int, d float64) { followed[row*3+c] += d })
	alt.Force(at, value)
	if err := alt.Run(s.Theta(), luck); err != nil {
		t.Fatal(err)
	}
	alternative = alt.Series(nil)
	for i, v := range alternative {
		if math.Abs(followed[i]-v) > 1e-12 {
			t.Fatalf("%v=%g, entry %d: followed %v, in full %v", at, value, i, followed[i], v)
		}
	}
	return run, alternative
}

// A chance or hazard out of range names the draw, agent and step.
func TestMovesOutOfRange(t *testing.T) {
	for want, m := range map[string]abm.Move{
		"a probability must lie between 0 and 1": {To: 1, Chance: func() ad.Num { return ad.Const(1.5) }},
		"a hazard must be zero or positive":      {To: 1, Hazard: func(float64, *abm.Felt) ad.Num { return ad.Const(-1) }},
	} {
		g, _ := network.ErdosRenyi(5, 2, 1)
		s := abm.NewSetup(&abm.Model{
			Name: "wrong", Settings: []abm.Setting{abm.StepsSetting(3)}, Observables: []abm.Observable{{Name: "x"}},
			Start: func(*abm.World) func() { return nil },
			Local: func(*abm.World) *abm.Local {
				return &abm.Local{Network: g, States: 2, Moves: []abm.Move{m}, Ends: []abm.State{1},
					Initial: func(int) abm.State { return 0 }, Observe: func(_, _, _ []ad.Num) {}}
			},
		})
		err := abm.NewWorld(s, nil, nil).Run(s.Theta(), rng.Seed{})
		if fault, ok := err.(*abm.Fault); !ok || fault.Site.Agent != 0 || fault.Site.Step != 1 || !strings.Contains(fault.Text, want) {
			t.Errorf("got %v, want %q at agent 0, step 1", err, want)
		}
	}
}
