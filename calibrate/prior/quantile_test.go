package prior

import (
	"math"
	"testing"
)

// The logistic density has closed-form tails and quantiles.
func TestSolveQuantile(t *testing.T) {
	tails := func(w float64) (below, above float64) { return -softplus(-w), -softplus(w) }
	for _, start := range []float64{-30, 0, 5, 500} {
		for _, u := range []float64{1e-300, 1e-12, 0.1, 0.5, 0.8, 1 - 1e-12} {
			if got, want := solveQuantile(u, start, tails, logistic), logit(u); !near(got, want, 1e-13) {
				t.Errorf("from %v: quantile of %v is %v, want %v", start, u, got, want)
			}
		}
	}
	if got := solveQuantile(1, 0, tails, logistic); !math.IsInf(got, 1) {
		t.Errorf("quantile of 1 is %v", got)
	}
}

// A step leaves Newton without a slope: the bracket must take over.
func TestNewtonFallsBackToBisection(t *testing.T) {
	step := func(w float64) (value, slope float64) {
		if w < math.Pi {
			return -1, 0
		}
		return 1, 0
	}
	for _, start := range []float64{-100, 3, 1e6} {
		if got := newton(step, start); !near(got, math.Pi, 1e-15) {
			t.Errorf("from %v: %v, want π", start, got)
		}
	}
}
