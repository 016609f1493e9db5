package calibrate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// outbreak returns a small epidemic compared with five counts.
func outbreak(t *testing.T, combine loss.Combine, replicates, gradientRuns int) *calibrate.Simulation {
	t.Helper()
	s := abm.NewSetup(sir.Model)
	for _, a := range []string{"agents=50", "steps=9", "network=complete", "index_cases=5", "units=counts", "quarantine_compliance=0", "distancing_factor=1"} {
		if err := s.Assign(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	l, err := loss.NewNegativeBinomial(loss.Data{Values: []float64{5, 9, 14, 20, 22}, Rows: 5, Columns: 1}, loss.NegativeBinomialOptions{Combine: combine})
	if err != nil {
		t.Fatal(err)
	}
	return &calibrate.Simulation{
		Setup: s, Loss: l, Replicates: replicates, GradientRuns: gradientRuns, Estimator: gradient.StraightThrough{}, Seed: 4,
		Grid: calibrate.Grid{Rows: []int{0, 2, 4, 6, 8}, Observables: []int{3}, Aggregates: []calibrate.Aggregate{calibrate.Last}, Factor: []float64{1}},
	}
}

// Differentiating a few replicates leaves value and mean gradient as they are,
// and the gradient in the loss's own parameter is exact.
func TestFewGradientRunsAreUnbiased(t *testing.T) {
	names := []string{"transmission", "overdispersion", "recovery"}
	theta := []float64{0.5, 0.1, 0.1}
	for _, combine := range []loss.Combine{loss.Each, loss.OfMean, loss.Marginal} {
		all, err := outbreak(t, combine, 6, 0).Evaluator(names)
		if err != nil {
			t.Fatal(err)
		}
		defer all.Close()
		few, err := outbreak(t, combine, 6, 2).Evaluator(names)
		if err != nil {
			t.Fatal(err)
		}
		defer few.Close()
		g, h := make([]float64, 3), make([]float64, 3)
		differences := make([][]float64, 3)
		for luck := range uint64(400) {
			v, err := all.Evaluate(theta, luck, g)
			if err != nil {
				t.Fatal(err)
			}
			w, err := few.Evaluate(theta, luck, h)
			if err != nil {
				t.Fatal(err)
			}
			if v.Loss != w.Loss || w.Runs < 7 || w.Runs > 8 {
				t.Fatalf("%v: loss %g and %g, %d runs", combine, v.Loss, w.Loss, w.Runs)
			}
			for k := range g {
				differences[k] = append(differences[k], h[k]-g[k])
			}
		}
		for k, d := range differences {
			mean, sd := stat.MeanStdDev(d, nil)
			if names[k] == "overdispersion" {
				if sd != 0 || mean != 0 {
					t.Errorf("%v: the gradient in overdispersion differs", combine)
				}
				continue
			}
			if z := mean / sd * math.Sqrt(float64(len(d))); !(math.Abs(z) < 4) || sd == 0 {
				t.Errorf("%v, %s: mean difference %g, sd %g", combine, names[k], mean, sd)
			}
		}
	}
}

func TestEvaluatorRefusesUnknownNames(t *testing.T) {
	if _, err := outbreak(t, loss.Each, 1, 0).Evaluator([]string{"transmision"}); err == nil {
		t.Error("an unknown parameter should be refused")
	}
}
