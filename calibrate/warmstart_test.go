package calibrate_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A few steps from a fit at one weight reach the posterior at another: with
// standard normal priors and a weight λ the posterior variance of a sum and a
// difference, seen with variance v, is 2/(1 + 2λ/v) each.
func TestWarmStartAtAnotherWeight(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(line), Weight: 1}
	o := calibrate.Options{Flow: flow.Options{Layers: 2, Hidden: 8}, Steps: 300, LearningRate: 0.02, KLDraws: 64, Validations: 1, ValidationDraws: 64, Seed: 1, Workers: 1}
	first := fit(t, p, o)
	p.Weight = math.Sqrt(math.Sqrt(10))
	o.Steps, o.Anneal = 50, 1e-9
	again, err := calibrate.NewTrainer(p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.WarmStart(first.State()); err != nil {
		t.Fatal(err)
	}
	if err := again.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	best, err := again.Best()
	if err != nil {
		t.Fatal(err)
	}
	draws := (&calibrate.Fitted{Prior: p.Prior, Mixture: flow.NewMixture([]*flow.Flow{best}, []float64{0})}).Draw(4000, 1)
	want := math.Sqrt(1 / (1 + 2*p.Weight/0.25))
	for k := range 2 {
		if sd := calibrate.Summarise(draws.Column(k)).SD; math.Abs(sd/want-1) > 0.08 {
			t.Errorf("sd %.4f, want %.4f", sd, want)
		}
	}
}
