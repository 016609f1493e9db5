package calibrate_test

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/gradient"
)

// ruins is a model that ends in a division by zero, or in a probability that is
// not a number, where a parameter says so.
func ruins(inDraw bool) *abm.Model {
	return &abm.Model{
		Name:        "ruins",
		Parameters:  []abm.Parameter{{Name: "odds", Default: 0.5, Support: abm.Probability}},
		Settings:    []abm.Setting{abm.StepsSetting(3)},
		Observables: []abm.Observable{{Name: "wins"}},
		Draws:       []string{"bet"},
		Start: func(w *abm.World) func() {
			return func() {
				zero := w.Param("odds").Times(0)
				nothing := zero.Div(zero)
				if inDraw {
					w.Bernoulli(0, nothing)
				}
				w.Observe(0, nothing)
			}
		},
	}
}

func ruined(t *testing.T, inDraw bool) error {
	t.Helper()
	s := abm.NewSetup(ruins(inDraw))
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	l, err := loss.NewNormal(loss.Data{Values: []float64{1, 2}, Rows: 2, Columns: 1}, loss.NormalOptions{SD: 1})
	if err != nil {
		t.Fatal(err)
	}
	target := &calibrate.Simulation{
		Setup: s, Loss: l, Replicates: 2, Estimator: gradient.StraightThrough{}, Seed: 4,
		Grid: calibrate.Grid{Rows: []int{1, 2}, Observables: []int{0}, Aggregates: []calibrate.Aggregate{calibrate.Last}, Factor: []float64{1}},
	}
	p := calibrate.Problem{Prior: joint(t, []string{"odds"}, density(t)(prior.NewUniform(0, 1))), Target: target, Weight: 1}
	_, _, err = calibrate.Fit(t.Context(), p, calibrate.Options{Steps: 20, Warmup: 1, Workers: 1, Seed: 2})
	if err == nil {
		t.Fatal("a loss that is never finite should end the fit")
	}
	return err
}

// What is not a number is told with the draw, the parameters and the way to see
// it again.
func TestNotANumberIsTold(t *testing.T) {
	for inDraw, want := range map[bool][]string{
		true:  {`draw "bet", step 1`, "run ruins --seed 4 --first ", " --set odds=0."},
		false: {"50 of 50 evaluations of the loss were not finite", "draw 5 of step 10 at odds=0.", "run ruins --seed 4 --first ", " --set odds=0."},
	} {
		err := ruined(t, inDraw)
		for _, part := range want {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("no %q in %v", part, err)
			}
		}
	}
}
