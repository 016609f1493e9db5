package gradient_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

// One pass back tells what the messages tell going forward, for a loss of all
// observables, with policies.
func TestProspectsAreMessagesGoingBack(t *testing.T) {
	for _, more := range [][]string{
		{"quarantine_compliance=0", "distancing_factor=1"},
		{"quarantine_start=3", "quarantine_end=9", "quarantined_contacts=lost"},
		{"quarantine_start=3", "quarantine_end=9", "gate=fractional"},
	} {
		s := contactEpidemic(t, append(more, "agents=100", "steps=16", "mean_degree=3")...)
		p, err := gradient.NewProblem(s, 9)
		if err != nil {
			t.Fatal(err)
		}
		for run := range uint64(3) {
			x, err := gradient.LinearCavity(p, run)
			if err != nil {
				t.Fatal(err)
			}
			adjoint := make([]float64, len(x.Series))
			wave(x.Series, adjoint)
			got, err := gradient.Forecast(p, gradient.ByCavity, wave, run)
			if err != nil {
				t.Fatal(err)
			}
			active := len(p.Active)
			for k := range active {
				want, size := 0.0, 0.0
				for e, g := range adjoint {
					want += g * x.Jacobian[e*active+k]
					size += math.Abs(g * x.Jacobian[e*active+k])
				}
				if !(math.Abs(got[k]-want) <= 1e-9*size) {
					t.Errorf("%v, run %d: %s is %.6g going back, %.6g going forward", more, run, allOfSIR[k], got[k], want)
				}
			}
		}
	}
}

// The forecasts of straight-through add up to what it tells.
func TestEchoesAreStraightThrough(t *testing.T) {
	for _, c := range exactCases() {
		if c.attribute || c.name == "noisy walk" || c.name == "geometric" {
			continue // part of it is pathwise, or the law is no line in its parameter
		}
		p := problem(t, c.model, c.theta...)
		got, err := gradient.Forecast(p, gradient.ByStraightThrough, wave, 3)
		if err != nil {
			t.Fatal(err)
		}
		st := mustSample(t, gradient.Loss{Objective: wave, Estimator: gradient.StraightThrough{}}, p)
		var x gradient.Sample
		if err := st.Sample(3, &x); err != nil {
			t.Fatal(err)
		}
		for k, want := range x.Jacobian {
			if math.Abs(got[k]-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s: d/dθ_%d forecast as %g, straight-through tells %g", c.name, k, got[k], want)
			}
		}
	}
}
