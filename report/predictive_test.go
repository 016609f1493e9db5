package report

import (
	"math"
	"testing"
)

func TestPredictiveLimitsIgnoreWidePrior(t *testing.T) {
	o := Observable{Data: []float64{2, 10}, Posterior: flat(8, 2), Prior: flat(1e6, 2)}
	if got, want := o.limits(), (span{0, 10.48}); math.Abs(got.hi-want.hi) > 1e-9 || got.lo != want.lo {
		t.Errorf("limits %v, expected %v", got, want)
	}
	if got := (Observable{Prior: flat(1e6, 2)}).limits(); got.hi < 1e6 {
		t.Errorf("limits %v do not show a prior that is alone", got)
	}
}
