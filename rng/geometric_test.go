package rng

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestGeometricQuantile(t *testing.T) {
	tests := []struct {
		u, p float64
		want int
	}{
		{0.5, 0.5, 0}, {0.51, 0.5, 1}, {0.75, 0.5, 1}, {0.76, 0.5, 2},
		{1 - 0x1p-53, 1, 0}, {1 - 0x1p-53, 0.5, 52}, {0.3, 1e-300, math.MaxInt},
		{0x1p-53, 0.2, 0}, {0.5, 1e-9, 693147180},
	}
	for _, test := range tests {
		if got := GeometricQuantile(test.u, test.p); got != test.want {
			t.Errorf("u = %v, p = %v: %d, want %d", test.u, test.p, got, test.want)
		}
	}
}

func TestGeometric(t *testing.T) {
	for _, p := range []float64{0.02, 0.4, 0.97} {
		x := drawn(20000, func(s *Stream) float64 { return float64(s.Geometric(p)) })
		checkMean(t, "geometric", x, (1-p)/p, math.Sqrt(1-p)/p)
	}
}

func TestGeometricFallsInItsParameter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u := unit(rapid.Uint64().Draw(t, "bits"))
		p, q := rapid.Float64Range(1e-12, 1).Draw(t, "p"), rapid.Float64Range(1e-12, 1).Draw(t, "q")
		if GeometricQuantile(u, min(p, q)) < GeometricQuantile(u, max(p, q)) {
			t.Error("rises")
		}
	})
}

func TestGeometricRejectsImpossibleParameters(t *testing.T) {
	for _, p := range []float64{0, -0.1, 1.1, math.NaN()} {
		if !panics(func() { GeometricQuantile(0.5, p) }) {
			t.Errorf("no panic at p = %v", p)
		}
	}
}
