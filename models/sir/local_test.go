package sir_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// The discrete form and the form with derivatives are one epidemic.
func TestBothFormsAgree(t *testing.T) {
	for _, assignments := range [][]string{
		{"agents=300", "transmission=1", "initial=0.05"},
		{"agents=300", "network=complete", "initial=0.05"},
		{"agents=200", "mean_degree=3", "transmission=2", "quarantined_contacts=lost"},
		{"agents=200", "mean_degree=3", "transmission=2", "gate=fractional", "quarantine_start=3.3", "quarantine_end=9.9", "units=counts"},
		{"agents=100", "network=complete", "index_cases=7", "dt=0.25"},
	} {
		t.Run(fmt.Sprint(assignments), func(t *testing.T) {
			s := setup(t, assignments...)
			w := abm.NewWorld(s, nil, nil)
			for run := range uint64(20) {
				luck := rng.Seed{Master: 3, Run: run}
				if err := w.Run(s.Theta(), luck); err != nil {
					t.Fatal(err)
				}
				fast := w.Series(nil)
				if err := w.RunFull(s.Theta(), luck); err != nil {
					t.Fatal(err)
				}
				if full := w.Series(nil); !slices.Equal(fast, full) {
					t.Fatalf("run %d differs", run)
				}
			}
		})
	}
}
