package prior

import (
	"math"
	"testing"
)

func TestSoftplus(t *testing.T) {
	checkBijector(t, Softplus{}, 0, math.Inf(1))
	checkGolden(t, Softplus{}, "bij_softplus")
	if got := (Softplus{}).Inverse(1e-20); !near(got, math.Log(1e-20), 1e-14) {
		t.Errorf("inverse of 1e-20 is %v", got)
	}
	if got := (Softplus{}).Inverse(1e3); got != 1e3 {
		t.Errorf("inverse of 1000 is %v", got)
	}
}
