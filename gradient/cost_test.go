package gradient_test

import (
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

// A sample of finite differences makes two runs a parameter, one of
// straight-through a single one with derivatives.
func TestCostCountsRuns(t *testing.T) {
	r := check(t, asked(t, coins), gradient.CheckOptions{Samples: 60}, gradient.StraightThrough{})
	difference, through := r.Cost[0], r.Cost[1]
	if difference.RunsPerSample != 4 || through.RunsPerSample != 1 {
		t.Errorf("runs a sample %g and %g, want 4 and 1", difference.RunsPerSample, through.RunsPerSample)
	}
	for _, c := range []gradient.Cost{difference, through} {
		if !(c.SecondsPerRun > 0) || !(c.PlainSeconds > 0) || c.Ratio != c.SecondsPerRun/c.PlainSeconds {
			t.Errorf("%s: times must be positive and the ratio theirs: %+v", c.Estimator, c)
		}
	}
}
