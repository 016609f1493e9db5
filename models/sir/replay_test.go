package sir_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// Following an alternative sparsely gives what running it in full gives.
func TestReplayEqualsFullRun(t *testing.T) {
	for _, assignments := range [][]string{
		{"agents=150", "mean_degree=4", "transmission=1.5", "recovery=0.2", "initial=0.05", "steps=40"},
		{"agents=150", "mean_degree=4", "transmission=1.5", "recovery=0.2", "initial=0.05", "steps=40", "quarantined_contacts=lost"},
		{"agents=80", "network=complete", "transmission=0.9", "recovery=0.2", "initial=0.05", "steps=40"},
	} {
		t.Run(fmt.Sprint(assignments), func(t *testing.T) {
			s := setup(t, assignments...)
			w, alt := abm.NewWorld(s, nil, nil), abm.NewWorld(s, nil, nil)
			replay := w.Record()
			luck := rng.Seed{Master: 5}
			if err := w.Run(s.Theta(), luck); err != nil {
				t.Fatal(err)
			}
			base := w.Series(nil)
			replay.Start(s.Theta(), luck)
			for _, at := range []abm.Site{
				{Purpose: 0, Agent: 3}, {Purpose: 0, Agent: 77},
				{Purpose: 1, Agent: 3, Step: 17}, {Purpose: 1, Agent: 10, Step: 20},
				{Purpose: 2, Agent: 5, Step: 1}, {Purpose: 2, Agent: 60, Step: 8},
				{Purpose: 3, Agent: 7, Step: 12}, {Purpose: 3, Agent: 70, Step: 39},
			} {
				for _, value := range []float64{0, 1} {
					got := make([]float64, len(base))
					replay.Follow(at, value, func(row, c int, d float64) { got[row*5+c] += d })
					alt.Force(at, value)
					if err := alt.Run(s.Theta(), luck); err != nil {
						t.Fatal(err)
					}
					for i, v := range alt.Series(nil) {
						if math.Abs(got[i]-(v-base[i])) > 1e-12 {
							t.Fatalf("%v=%g: row %d observable %d: replay %g, full run %g", at, value, i/5, i%5, got[i], v-base[i])
						}
					}
				}
			}
		})
	}
}

// Forcing a draw that is certain under the policies has its effect all the same,
// since a policy's surrogate gate may have derivatives where it is closed.
func TestForcedIsolationOutsideQuarantine(t *testing.T) {
	s := setup(t, "agents=100", "mean_degree=4", "transmission=2", "initial=0.3", "steps=10")
	w := abm.NewWorld(s, nil, nil)
	replay := w.Record()
	if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	replay.Start(s.Theta(), rng.Seed{})
	effects := 0
	for i := range 100 {
		replay.Follow(abm.Site{Purpose: 1, Agent: i, Step: 2}, 1, func(int, int, float64) { effects++ })
	}
	if effects == 0 {
		t.Error("isolating anybody before quarantine begins changes nothing")
	}
}
