package loss

import (
	"math"
	"testing"
)

// bessel returns Σ p^k/(k!)², the kernel of two straight paths with inner
// product p: I₀(2√p).
func bessel(p float64) (sum float64) {
	term := 1.0
	for k := 1.0; k < 60; k++ {
		sum += term
		term *= p / (k * k)
	}
	return sum
}

// Halving the steps divides the error by about four.
func TestGoursatOfStraightPaths(t *testing.T) {
	for _, p := range []float64{-3, -0.5, 0.8, 4} {
		var errors []float64
		for _, cuts := range []int{16, 32, 64} {
			errors = append(errors, math.Abs(newGoursat(1, 1, cuts).solve([]float64{p})-bessel(p)))
		}
		for k := range 2 {
			if ratio := errors[k] / errors[k+1]; ratio < 3.5 || ratio > 5 {
				t.Errorf("product %v: errors %v", p, errors)
			}
		}
		if errors[2] > 1e-3*(1+math.Abs(bessel(p))) {
			t.Errorf("product %v: error %v", p, errors[2])
		}
	}
}

// A segment in two halves is the segment in two cuts.
func TestGoursatCuts(t *testing.T) {
	halves := []float64{0.3, 0.3, -0.2, -0.2, 0.3, 0.3, -0.2, -0.2}
	got := newGoursat(1, 2, 2).solve([]float64{1.2, -0.8})
	want := newGoursat(2, 4, 1).solve(halves)
	if !near(got, want, 1e-15) {
		t.Errorf("%v, want %v", got, want)
	}
}
