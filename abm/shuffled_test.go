package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// All orders are as likely, and drawn anew in every step.
func TestShuffled(t *testing.T) {
	const steps = 6001
	times := map[string]int{}
	m := &abm.Model{
		Name: "queue", Settings: []abm.Setting{abm.StepsSetting(steps)}, Observables: []abm.Observable{{Name: "nothing"}},
		Start: func(w *abm.World) func() {
			return func() {
				order := []int{}
				for i := range w.Shuffled(0, 3) {
					order = append(order, i)
				}
				times[fmt.Sprint(order)]++
			}
		},
	}
	s := abm.NewSetup(m)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	if err := abm.NewWorld(s, nil, nil).Run(nil, rng.Seed{Master: 2}); err != nil {
		t.Fatal(err)
	}
	if len(times) != 6 {
		t.Fatalf("%d orders of three", len(times))
	}
	for order, n := range times {
		if z := (float64(n) - (steps-1)/6.) / math.Sqrt((steps-1)*5./36); math.Abs(z) > 4 {
			t.Errorf("%s came %d times of %d", order, n, steps-1)
		}
	}
}
