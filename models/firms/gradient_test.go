package firms_test

import (
	"context"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/firms"
)

// estimate averages an estimator over samples from run first on.
func estimate(t *testing.T, s *abm.Setup, e gradient.Estimator, samples int, first uint64) *gradient.Moments {
	t.Helper()
	p, err := gradient.NewProblem(s, 5)
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: samples, First: first, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if m.NonFinite > 0 {
		t.Fatalf("%s: %d samples are not finite", e.Name(), m.NonFinite)
	}
	return m
}

// differences is the reference: central differences with common random numbers.
var differences = gradient.FiniteDifference{RelativeStep: 0.1}

// Every parameter is one of laws of draws, so that what accounts for the draws by
// their density tells the derivatives without bias, jumps included.
func TestScoresAndPairsAreUnbiased(t *testing.T) {
	t.Parallel()
	s := setup(t, "agents=30", "steps=4")
	want := estimate(t, s, differences, 400, 1<<32)
	for _, c := range []struct {
		e       gradient.Estimator
		samples int
	}{{gradient.Score{Continuous: true}, 600}, {gradient.ResamplePair{}, 1000}} {
		got := estimate(t, s, c.e, c.samples, 0)
		worst := 0.0
		for i, v := range want.Mean {
			if i/8%observables > 2 { // the means only
				continue
			}
			z := math.Abs(got.Mean[i]-v) / math.Hypot(math.Hypot(got.SE(i), want.SE(i)), 0.01*math.Abs(v)+1e-9)
			if worst = max(worst, z); z > 4 {
				t.Errorf("%s, %s: %.4g ± %.2g, finite difference %.4g ± %.2g", c.e.Name(), entry(i), got.Mean[i], got.SE(i), v, want.SE(i))
			}
		}
		t.Logf("%s: off by at most %.1f standard errors", c.e.Name(), worst)
	}
}

func entry(i int) string {
	return firms.Model.Observables[i/8%observables].Name + " by " + firms.Model.Parameters[i%8].Name
}

// The surrogate stays within a share of the peak, by observable, besides noise.
func TestSurrogateAgainstFiniteDifferences(t *testing.T) {
	t.Parallel()
	s := setup(t, "agents=150", "steps=8")
	got, want := estimate(t, s, gradient.StraightThrough{}, 80, 0), estimate(t, s, differences, 100, 1<<32)
	closeTo(t, got, want, 8, 0.15, 0.6, 0.2)
}

// closeTo fails unless the mean effort, size and output are off by no more than
// the allowed shares of their peaks and four standard errors.
func closeTo(t *testing.T, got, want *gradient.Moments, rows int, allowed ...float64) {
	t.Helper()
	for o, share := range allowed {
		for k := range firms.Model.Parameters {
			at := func(row int) int { return (row*observables+o)*8 + k }
			peak := 0.0
			for row := range rows {
				peak = max(peak, math.Abs(want.Mean[at(row)]))
			}
			for row := range rows {
				i := at(row)
				off, se := math.Abs(got.Mean[i]-want.Mean[i]), math.Hypot(got.SE(i), want.SE(i))
				if off > share*peak+4*se {
					t.Errorf("row %d, %s: %.4g ± %.2g, finite difference %.4g ± %.2g", row, entry(i), got.Mean[i], got.SE(i), want.Mean[i], want.SE(i))
				}
			}
		}
	}
}

// What the effort at the start was is forgotten.
func TestEffortShapesDecay(t *testing.T) {
	t.Parallel()
	m := estimate(t, setup(t, "agents=300", "steps=20"), gradient.StraightThrough{}, 10, 0)
	for _, k := range []int{2, 3} {
		for o := range 3 {
			start, end := m.Mean[(1*observables+o)*8+k], m.Mean[(19*observables+o)*8+k]
			if math.Abs(end) > 1e-3*math.Abs(start) {
				t.Errorf("observable %d by %s: %g in row 1, %g in row 19", o, firms.Model.Parameters[k].Name, start, end)
			}
		}
	}
}

// Under the published rules the effort that a firm is judged by is that before
// the step; its derivatives flow, too.
func TestSurrogateUnderPublishedRules(t *testing.T) {
	t.Parallel()
	s := setup(t, "agents=150", "steps=5", "rules=published-code")
	got, want := estimate(t, s, gradient.StraightThrough{}, 80, 0), estimate(t, s, differences, 100, 1<<32)
	closeTo(t, got, want, 5, 0.15, 0.6, 0.25)
}
