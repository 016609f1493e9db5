package rng

import (
	"math"
	"slices"
	"testing"
)

// drawn returns n draws from a stream of its own.
func drawn(n int, draw func(*Stream) float64) []float64 {
	s := Seed{Master: 20, Run: 26}.Stream(Key{Purpose: 1})
	x := make([]float64, n)
	for i := range x {
		x[i] = draw(&s)
	}
	return x
}

// checkUniform tests probabilities against the uniform law (Kolmogorov and
// Smirnov); it errs once in 10⁵.
func checkUniform(t *testing.T, name string, p []float64) {
	t.Helper()
	sorted := slices.Sorted(slices.Values(p))
	n := float64(len(p))
	distance := 0.0
	for i, u := range sorted {
		distance = max(distance, float64(i+1)/n-u, u-float64(i)/n)
	}
	if d := distance * math.Sqrt(n); !(d < 2.47) {
		t.Errorf("%s: Kolmogorov–Smirnov statistic %.2f", name, d)
	}
}

// checkMean tests the mean of draws whose standard deviation is sd.
func checkMean(t *testing.T, name string, x []float64, mean, sd float64) {
	t.Helper()
	sum := 0.0
	for _, v := range x {
		sum += v - mean
	}
	if z := sum / (sd * math.Sqrt(float64(len(x)))); !(math.Abs(z) < 4) {
		t.Errorf("%s: mean %.1f standard errors off", name, z)
	}
}

// panics reports whether f does.
func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
