package mcmc

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// With acceptance e^(−step) and noise, the step settles where the mean of that
// is the target, from far above and far below.
func TestStepSizeSettles(t *testing.T) {
	luck := rng.Seed{Master: 1}.Stream(rng.Key{})
	for _, from := range []float64{1e-4, 1, 1e4} {
		s := stepSize{target: 0.8}
		s.begin(from)
		for range 2000 {
			s.update(min(1, max(0, math.Exp(-s.next())+0.1*luck.Normal())))
		}
		if got := math.Exp(-s.settled()); math.Abs(got-0.8) > 0.02 {
			t.Errorf("from %g: acceptance %.3f", from, got)
		}
	}
}
