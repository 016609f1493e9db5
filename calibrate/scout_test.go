package calibrate

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A restart begins at the best scout, wherever among them the loss is not finite.
func TestScoutsPassOverWhatIsNotFinite(t *testing.T) {
	normal, _ := prior.NewNormal(0, 1)
	a, _ := prior.NewCoordinate("a", normal)
	joint, err := prior.NewJoint(a)
	if err != nil {
		t.Fatal(err)
	}
	half := LogLikelihood(func(theta, _ []float64) float64 {
		if theta[0] > 0 {
			return math.NaN()
		}
		return -theta[0] * theta[0]
	})
	trainer, err := NewTrainer(Problem{joint, half, 1}, Options{Flow: flow.Options{Kind: flow.MeanField}, Seed: 1, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer trainer.Close()
	for restart := range 8 {
		if err := trainer.scout(t.Context(), restart); err != nil {
			t.Fatal(err)
		}
		if at := trainer.flow.Params()[0]; !(at < 0) {
			t.Errorf("restart %d begins at %g, where the loss is not finite", restart, at)
		}
	}
}
