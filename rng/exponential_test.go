package rng

import (
	"math"
	"testing"
)

func TestExponential(t *testing.T) {
	x := drawn(20000, (*Stream).Exponential)
	checkMean(t, "exponential", x, 1, 1)
	for i, v := range x {
		x[i] = math.Exp(-v)
	}
	checkUniform(t, "exponential", x)
}

func TestExponentialQuantileNearZero(t *testing.T) {
	if got := ExponentialQuantile(1e-12); math.Abs(got/(1e-12+0.5e-24)-1) > 1e-15 {
		t.Errorf("1e-12-quantile %v", got)
	}
}
