package gradient_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

// Trusted or not, forecasts leave no bias: here those of a surrogate that is far
// off, on the path of four agents, entry by entry.
func TestDebiasedJacobian(t *testing.T) {
	p, err := gradient.NewProblem(smallEpidemic(t, path4, 5), 5, rates...)
	if err != nil {
		t.Fatal(err)
	}
	const susceptible = 2
	p.Rows, p.Observables = []int{5}, []int{susceptible}
	exact := []float64{.701830234329, -.756457961715, 6.068425295336}
	for _, by := range []gradient.Surrogate{gradient.ByCavity, gradient.ByStraightThrough} {
		m, err := gradient.Collect(context.Background(), p, gradient.Debiased{Flips: 5, Surrogate: by}, gradient.Sampling{Samples: 10_000, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		at := (5*5 + susceptible) * len(rates)
		for k, want := range exact {
			got, se := -m.Mean[at+k], m.SE(at+k)
			if !(math.Abs(got-want) < 4*se) || se > 0.04*math.Abs(want) {
				t.Errorf("%s: %.4f ± %.4f, exactly %.4f", rates[k], got, se, want)
			}
		}
	}
}

func TestDebiasedRefuses(t *testing.T) {
	p, err := gradient.NewProblem(contactEpidemic(t), 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (gradient.Debiased{}).Sampler(p); err == nil || !strings.Contains(err.Error(), "at most 8 entries") {
		t.Errorf("a whole series: %v", err)
	}
	p, err = gradient.NewProblem(contactEpidemic(t, "network=complete"), 5)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (gradient.Debiased{Surrogate: gradient.ByCavity}).LossSampler(p, wave); err == nil || !strings.Contains(err.Error(), "cavity needs") {
		t.Errorf("cavity on the complete network: %v", err)
	}
}
