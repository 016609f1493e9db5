package sir_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// Any alternative followed sparsely is the alternative run in full, by the discrete
// form and by the form with derivatives.
func TestReplayOfAnySiteEqualsFullRun(t *testing.T) {
	for _, assignments := range [][]string{
		{"network=complete", "agents=40", "transmission=0.8", "recovery=0.2", "initial=0.05", "steps=40"},
		{"network=complete", "agents=40", "transmission=0.8", "recovery=0.2", "initial=0.05", "steps=40", "quarantined_contacts=lost"},
		{"network=complete", "agents=3000", "transmission=0.4", "recovery=0.1", "steps=40", "index_cases=4"},
		{"agents=60", "mean_degree=5", "transmission=0.8", "recovery=0.2", "initial=0.05", "steps=40"},
		{"agents=60", "mean_degree=5", "transmission=0.8", "recovery=0.2", "initial=0.05", "steps=40", "quarantined_contacts=lost", "gate=fractional"},
	} {
		t.Run(fmt.Sprint(assignments), func(t *testing.T) {
			s := setup(t, assignments...)
			w, alt := abm.NewWorld(s, nil, nil), abm.NewWorld(s, nil, nil)
			replay := w.Record()
			rapid.Check(t, func(t *rapid.T) {
				luck := rng.Seed{Master: rapid.Uint64Max(50).Draw(t, "seed")}
				if err := w.Run(s.Theta(), luck); err != nil {
					t.Fatal(err)
				}
				base := w.Series(nil)
				replay.Start(s.Theta(), luck)
				for range 3 {
					at := abm.Site{
						Purpose: abm.Purpose(rapid.IntRange(0, 3).Draw(t, "purpose")),
						Agent:   rapid.IntRange(0, s.Int("agents")-1).Draw(t, "agent"),
					}
					if at.Purpose > 0 {
						at.Step = rapid.IntRange(1, 39).Draw(t, "step")
					}
					value := float64(rapid.IntRange(0, 1).Draw(t, "value"))
					got := append([]float64(nil), base...)
					replay.Follow(at, value, func(row, c int, d float64) { got[row*5+c] += d })
					alt.Force(at, value)
					if err := alt.Run(s.Theta(), luck); err != nil {
						t.Fatal(err)
					}
					for i, v := range alt.Series(nil) {
						if math.Abs(got[i]-v) > 1e-12 {
							t.Fatalf("%v=%g: row %d observable %d: replay %v, full run %v", at, value, i/5, i%5, got[i], v)
						}
					}
				}
			})
		})
	}
}

// On the complete network an alternative is not paid for by everybody.
func TestReplayOnTheCompleteNetworkVisitsFew(t *testing.T) {
	s := setup(t, "network=complete", "agents=20000", "initial=0.02", "transmission=0.3", "recovery=0.1", "steps=40")
	w := abm.NewWorld(s, nil, nil)
	replay := w.Record()
	luck := rng.Seed{Master: 1}
	if err := w.Run(s.Theta(), luck); err != nil {
		t.Fatal(err)
	}
	replay.Start(s.Theta(), luck)
	steps := 0
	for i := range 20 {
		steps += replay.Follow(abm.Site{Agent: i}, 1, func(int, int, float64) {})
	}
	if most := 20 * 1000; steps > most {
		t.Errorf("20 alternatives take %d agent-steps, want at most %d", steps, most)
	}
}
