package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestTrainingHoldsTheOptionsOfTheFit(t *testing.T) {
	c := build(t, "training: {steps: 600, draws: 4}", `training: {steps: 1, draws: 2, kl_draws: 3, learning_rate: 4,
  weight_decay: 5, clip: 6, warmup: 7, anneal: 0.8, validations: 9, validation_draws: 10, max_non_finite: 0.11}`)
	want := calibrate.Options{
		Steps: 1, Draws: 2, KLDraws: 3, LearningRate: 4, WeightDecay: 5, Clip: 6, Warmup: 7, Anneal: 0.8,
		Validations: 9, ValidationDraws: 10, MaxNonFinite: 0.11, Seed: 1, Workers: 2,
	}
	if diff := cmp.Diff(want, c.Options); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsMadeOfTheFit(t *testing.T) {
	if diff := cmp.Diff(Posterior{1000, 400, 40}, build(t, "quick:", "quick:").Posterior); diff != "" {
		t.Error(diff)
	}
	c := build(t, "quick:", "posterior: {draws: 1, prior_draws: 2, check_runs: 3}\nquick:")
	if diff := cmp.Diff(Posterior{1, 2, 3}, c.Posterior); diff != "" {
		t.Error(diff)
	}
}
