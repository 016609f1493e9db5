package calibrate_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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

// byTangents is an estimator that has no adjoint, as far as can be seen.
type byTangents struct{ gradient.Estimator }

func (e byTangents) Sampler(p *gradient.Problem) (gradient.Sampler, error) {
	s, err := e.Estimator.Sampler(p)
	return struct{ gradient.Sampler }{s}, err
}

// Adjoints that flow back and Jacobians give the same gradient, by all replicates
// and by a few, which are made again for their Jacobians.
func TestAdjointsAndJacobians(t *testing.T) {
	names, theta := []string{"transmission", "overdispersion", "recovery"}, []float64{0.5, 0.1, 0.1}
	for _, few := range []int{0, 2} {
		s := outbreak(t, loss.Marginal, 6, few)
		back := evaluator(t, s, names...)
		s = outbreak(t, loss.Marginal, 6, few)
		s.Estimator = byTangents{s.Estimator}
		forth := evaluator(t, s, names...)
		g, h := make([]float64, 3), make([]float64, 3)
		for luck := range uint64(20) {
			v, err := back.Evaluate(theta, luck, g)
			if err != nil {
				t.Fatal(err)
			}
			w, err := forth.Evaluate(theta, luck, h)
			if err != nil {
				t.Fatal(err)
			}
			if v.Loss != w.Loss || v.Runs != 6 || w.Runs < 6 || w.Runs > 6+few {
				t.Fatalf("loss %g and %g, %d and %d runs", v.Loss, w.Loss, v.Runs, w.Runs)
			}
			if d := cmp.Diff(g, h, cmpopts.EquateApprox(1e-10, 0)); d != "" {
				t.Fatal(d)
			}
		}
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
			if v.Loss != w.Loss || w.Runs != 6 {
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

func TestEvaluatorRefusesTooFewReplicates(t *testing.T) {
	s := outbreak(t, loss.Each, 5, 0)
	l, err := loss.NewSyntheticLikelihood(loss.Data{Values: []float64{5, 9, 14, 20, 22}, Rows: 5, Columns: 1}, loss.SyntheticLikelihoodOptions{})
	if err != nil {
		t.Fatal(err)
	}
	s.Loss = l
	if _, err := s.Evaluator([]string{"transmission"}); err == nil || !strings.Contains(err.Error(), "the loss needs at least 6 replicates, there are 5") {
		t.Errorf("error %v", err)
	}
}

// The gradient of the mean loss of the replicates is that of plain runs at two
// values, if the estimator is unbiased for losses; straight-through is not.
func TestGradientOfTheLossIsUnbiased(t *testing.T) {
	const h = 0.04
	names, theta := []string{"transmission"}, []float64{0.5}
	for _, combine := range []loss.Combine{loss.Each, loss.OfMean} {
		plain, err := outbreak(t, combine, 3, 0).Evaluator(names)
		if err != nil {
			t.Fatal(err)
		}
		defer plain.Close()
		var slopes []float64
		for luck := range uint64(1500) {
			up, err := plain.Evaluate([]float64{theta[0] + h}, luck, nil)
			if err != nil {
				t.Fatal(err)
			}
			down, err := plain.Evaluate([]float64{theta[0] - h}, luck, nil)
			if err != nil {
				t.Fatal(err)
			}
			slopes = append(slopes, (up.Loss-down.Loss)/(2*h))
		}
		want, wantSD := stat.MeanStdDev(slopes, nil)
		for _, e := range []gradient.Estimator{gradient.Flip{Flips: 10}, gradient.Debiased{Flips: 10}, gradient.Score{}} {
			for _, few := range []int{0, 1} {
				s := outbreak(t, combine, 3, few)
				s.Estimator = e
				v, err := s.Evaluator(names)
				if err != nil {
					t.Fatal(err)
				}
				defer v.Close()
				var got []float64
				g := make([]float64, 1)
				for luck := range uint64(300) {
					if _, err := v.Evaluate(theta, luck+10_000, g); err != nil {
						t.Fatal(err)
					}
					got = append(got, g[0])
				}
				mean, sd := stat.MeanStdDev(got, nil)
				se := math.Hypot(sd/math.Sqrt(float64(len(got))), wantSD/math.Sqrt(float64(len(slopes))))
				if !(math.Abs(mean-want) < 4*se) || se > 0.2*math.Abs(want) {
					t.Errorf("%v, %s by %d runs: %.3g, by differences %.3g ± %.2g", combine, e.Name(), few, mean, want, se)
				}
			}
		}
	}
}
