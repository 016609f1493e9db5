package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestTrainingHoldsTheOptionsOfTheFit(t *testing.T) {
	c := build(t, "training: {steps: 600, draws: 4}", `training: {gradient: leave-one-out, steps: 1, draws: 2, kl_draws: 3, learning_rate: 4,
  weight_decay: 5, clip: 6, warmup: 7, anneal: 0.8, validations: 9, validation_draws: 10, max_non_finite: 0.11}`)
	want := calibrate.Options{
		Gradient: calibrate.LeaveOneOut, Steps: 1, Draws: 2, KLDraws: 3, LearningRate: 4, WeightDecay: 5, Clip: 6, Warmup: 7, Anneal: 0.8,
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

func TestGradientOfTheCommandLine(t *testing.T) {
	s := load(t, "quick:", "quick:")
	if err := s.SetGradient("vargrad"); err != nil {
		t.Fatal(err)
	}
	if err := s.Quick(); err != nil { // a later change leaves it
		t.Fatal(err)
	}
	c, err := again(t, s).Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Options.Gradient != calibrate.VarGrad {
		t.Errorf("gradient %q", c.Options.Gradient)
	}
	want := "--gradient stl: gradient must be one of [sticking-the-landing pathwise reinforce leave-one-out vargrad mixed], not \"stl\""
	if err := s.SetGradient("stl"); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
