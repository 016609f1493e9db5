package rng

import (
	"math"
	"testing"
)

// The quantile put back into erfc, at probabilities down to the smallest
// uniform and, by symmetry, up to the largest.
func TestNormalQuantileTails(t *testing.T) {
	for u := 0.5; u >= 0x1p-53; u *= 0.83 {
		z := NormalQuantile(u)
		back := math.Erfc(-z/math.Sqrt2) / 2
		// An error of ulps in z is worth z² as many in the probability.
		if e := math.Abs(back/u - 1); !(e < 1e-15*(1+z*z)) {
			t.Errorf("u = %g: quantile %v has probability off by %g", u, z, e)
		}
		if w := 1 - u; 1-w == u && NormalQuantile(w) != -z {
			t.Errorf("quantiles of %g and its complement are not opposite", u)
		}
	}
}

func TestNormal(t *testing.T) {
	x := drawn(20000, (*Stream).Normal)
	checkMean(t, "normal", x, 0, 1)
	for i, v := range x {
		x[i] = math.Erfc(-v/math.Sqrt2) / 2
	}
	checkUniform(t, "normal", x)
}

func TestQuantilesRejectImpossibleProbabilities(t *testing.T) {
	quantiles := map[string]func(u float64){
		"normal":      func(u float64) { NormalQuantile(u) },
		"exponential": func(u float64) { ExponentialQuantile(u) },
		"poisson":     func(u float64) { PoissonQuantile(u, 1) },
		"binomial":    func(u float64) { BinomialQuantile(u, 1, 0.5) },
		"geometric":   func(u float64) { GeometricQuantile(u, 0.5) },
		"categorical": func(u float64) { Categorical(u, []float64{1}) },
	}
	for name, quantile := range quantiles {
		for _, u := range []float64{-0.1, 0, 1, 1.1, math.NaN()} {
			if !panics(func() { quantile(u) }) {
				t.Errorf("%s: no panic at u = %v", name, u)
			}
		}
	}
}

func BenchmarkNormal(b *testing.B) {
	var s Stream
	for b.Loop() {
		sink = s.Normal()
	}
}
