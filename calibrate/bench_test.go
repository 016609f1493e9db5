package calibrate_test

import (
	"context"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A training step in nine dimensions less the model: flow of four layers, five
// draws for a loss that costs nothing, 256 for the divergence.
func BenchmarkStepWithoutModel(b *testing.B) {
	var names []string
	for k := range 9 {
		names = append(names, string(rune('a'+k)))
	}
	free := calibrate.LogLikelihood(func(_, grad []float64) float64 {
		clear(grad)
		return 0
	})
	for _, g := range []calibrate.Gradient{calibrate.StickingTheLanding, calibrate.VarGrad} {
		b.Run(string(g), func(b *testing.B) {
			p := calibrate.Problem{Prior: joint(b, names, density(b)(prior.NewNormal(0, 1))), Target: free, Weight: 1}
			t, err := calibrate.NewTrainer(p, calibrate.Options{Flow: flow.Options{Kind: flow.Affine}, Gradient: g, Draws: 5, KLDraws: 256, Steps: b.N, Warmup: 1, Validations: 1, ValidationDraws: 1, Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			defer t.Close()
			b.ResetTimer()
			if err := t.Run(context.Background(), nil); err != nil {
				b.Fatal(err)
			}
		})
	}
}
