package study

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestDiagnosticsAreThoseOfALikelihood(t *testing.T) {
	r := &Result{Calibration: &Calibration{Likelihood: true}, Posterior: &calibrate.Draws{}, Predicted: &calibrate.Predictive{}}
	for s := range 200 { // q is the posterior: prior·likelihood/q = e^−5
		x := float64(s%17) / 17
		r.Posterior.Theta = append(r.Posterior.Theta, []float64{x})
		r.Posterior.LogPrior = append(r.Posterior.LogPrior, x)
		r.Posterior.LogQ = append(r.Posterior.LogQ, x-2*x+5)
		r.Predicted.Loss = append(r.Predicted.Loss, 2*x)
	}
	d := r.Importance()
	if d == nil || d.LogEvidence < -5-1e-9 || d.LogEvidence > -5+1e-9 || d.ESS < 199.9 {
		t.Errorf("%+v", d)
	}
	if f := findImportance(d, 0); !f.OK || !strings.Contains(f.Text, "200 draws are worth 200") {
		t.Errorf("%+v", f)
	}
	if f := findImportance(&calibrate.Importance{Draws: 100, KHat: 0.9, Usable: 0.5}, 0); f.OK || !strings.Contains(f.Text, "not close") {
		t.Errorf("%+v", f)
	}
	if f := findImportance(&calibrate.Importance{Draws: 100, KHat: 0.9, Usable: 0.5}, 2); f.OK || !strings.Contains(f.Text, "differ by 2.0 nats") {
		t.Errorf("%+v", f)
	}
	r.Calibration.Likelihood = false
	if r.Importance() != nil {
		t.Error("a loss that is no likelihood has no weights")
	}
}

func TestWhichLossesAreLikelihoods(t *testing.T) {
	for edit, want := range map[string]bool{
		"kind: negative-binomial, weight: 1":                 true,
		"kind: negative-binomial, weight: 2":                 false,
		"kind: normal, weight: 1, parameter: overdispersion": true,
		"kind: poisson, weight: 1":                           true,
		"kind: squared-error, weight: 1":                     false,
	} {
		text := replace(t, boys, "kind: negative-binomial, weight: 1", edit)
		if !strings.Contains(edit, "overdispersion") && !strings.Contains(edit, "negative") {
			text = without(text, "name: overdispersion")
		}
		if got := load(t, boys, text).assembled(t).Likelihood; got != want {
			t.Errorf("%s: likelihood %v", edit, got)
		}
	}
}

func (s *Study) assembled(t *testing.T) *Calibration {
	t.Helper()
	c, err := s.assemble()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
