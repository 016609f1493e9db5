package sir_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// On the complete graph straight-through agrees with finite differences at every
// step: within three combined standard errors or 5 % of the largest derivative.
// With -long there are enough samples for the noise to be a few per cent of the
// peak; without, four standard errors pass, being many comparisons.
func TestStraightThroughAgainstFiniteDifferences(t *testing.T) {
	samples, agents, allowance := 40, 3000, 4.0
	if *long {
		samples, agents, allowance = 500, 5000, 3.0
	}
	s := setup(t, "network=complete", fmt.Sprintf("agents=%d", agents))
	p, err := gradient.NewProblem(s, 1, "transmission", "recovery", "initial", "quarantine_compliance", "distancing_factor")
	if err != nil {
		t.Fatal(err)
	}
	fd := gradient.FiniteDifference{Steps: []gradient.Step{{H: 0.04}, {H: 0.01}, {H: 0.0015}, {H: 0.2}, {H: 0.1}}}
	if *long {
		if fd.Steps, err = fd.Tune(p); err != nil {
			t.Fatal(err)
		}
		t.Logf("tuned steps %+v", fd.Steps)
	}
	surrogate, err := gradient.Collect(context.Background(), p, gradient.StraightThrough{}, gradient.Sampling{Samples: samples, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	difference, err := gradient.Collect(context.Background(), p, fd, gradient.Sampling{Samples: samples, First: 1 << 32, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for k, parameter := range p.Active {
		for observable := range 4 {
			name := fmt.Sprintf("d %s / d %s", sir.Model.Observables[observable].Name, sir.Model.Parameters[parameter].Name)
			compareMoments(t, name, surrogate, difference, allowance, func(row int) int { return (row*5+observable)*5 + k })
		}
	}
}

// compareMoments compares two estimates at the entries of all rows.
func compareMoments(t *testing.T, name string, got, want *gradient.Moments, allowance float64, entry func(row int) int) {
	t.Helper()
	const rows = 60
	peak, worstZ, worst := 0.0, 0.0, 0.0
	for row := range rows {
		peak = max(peak, math.Abs(want.Mean[entry(row)]))
	}
	for row := range rows {
		e := entry(row)
		d, se := math.Abs(got.Mean[e]-want.Mean[e]), math.Hypot(got.SE(e), want.SE(e))
		if d > allowance*se && d > 0.05*peak {
			t.Errorf("%s at %d: %.4g ± %.2g, finite difference %.4g ± %.2g (peak %.4g)",
				name, row, got.Mean[e], got.SE(e), want.Mean[e], want.SE(e), peak)
		}
		worst = max(worst, d/peak)
		if se > 0 {
			worstZ = max(worstZ, d/se)
		}
	}
	t.Logf("%s: off by at most %.1f %% of the peak %.4g, and %.1f standard errors", name, 100*worst, peak, worstZ)
}
