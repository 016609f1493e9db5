package tempering

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// Narrow bumps far apart are modes of their own, with their shares.
func TestModesFarApart(t *testing.T) {
	target := bumps(0.1, []float64{1, 1}, []float64{-1, 1}, []float64{1, -1}, []float64{-1, -1})
	p, err := Sample(t.Context(), target, Options{Particles: 600, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	modes := p.Modes()
	if len(modes) != 4 {
		t.Fatalf("%d modes, want 4", len(modes))
	}
	seen := 0
	for _, m := range modes {
		seen += len(m.Members)
		if math.Abs(m.Share-0.25) > 0.12 {
			t.Errorf("a share of %.3f at %.2f", m.Share, m.Mean)
		}
		for _, x := range m.Mean {
			if math.Abs(math.Abs(x)-1) > 0.1 {
				t.Errorf("a mode at %.2f", m.Mean)
			}
		}
	}
	if seen != 600 {
		t.Errorf("%d of 600 particles belong to a mode", seen)
	}
}

// cloud returns n points made of standard normal numbers.
func cloud(n, dim int, shape func(x []float64) []float64) [][]float64 {
	luck := rng.Seed{Master: 5}.Stream(rng.Key{})
	z := make([][]float64, n)
	for i := range z {
		x := make([]float64, dim)
		for k := range x {
			x[k] = luck.Normal()
		}
		z[i] = shape(x)
	}
	return z
}

// A posterior that is bent, heavy-tailed, of many dimensions or of few distinct
// points hangs together.
func TestOneMode(t *testing.T) {
	for name, z := range map[string][][]float64{
		"bent":         cloud(500, 2, func(x []float64) []float64 { return []float64{2 * x[0], 4*x[0]*x[0] + 0.1*x[1]} }),
		"heavy tails":  cloud(500, 2, func(x []float64) []float64 { return []float64{math.Exp(2 * x[0]), x[1]} }),
		"ten-fold":     cloud(500, 10, func(x []float64) []float64 { return x }),
		"few distinct": cloud(500, 1, func(x []float64) []float64 { return []float64{math.Round(2 * x[0])} }),
		"one point":    cloud(500, 2, func([]float64) []float64 { return []float64{1, 2} }),
	} {
		if modes := modesOf(z); len(modes) != 1 || len(modes[0].Members) != 500 {
			t.Errorf("%s: %d modes", name, len(modes))
		}
	}
}

func TestModesCountAllCopies(t *testing.T) {
	z := cloud(200, 1, func(x []float64) []float64 { return []float64{0.1*x[0] + 5} })
	for range 200 {
		z = append(z, []float64{-5 + 0.001*float64(len(z)%40)})
	}
	count := 0
	for _, m := range modesOf(z) {
		count += len(m.Members)
		for _, i := range m.Members {
			if (z[i][0] > 0) != (m.Mean[0] > 0) {
				t.Fatalf("a point at %g belongs to a mode at %g", z[i][0], m.Mean[0])
			}
		}
	}
	if count != 400 {
		t.Errorf("%d of 400 points belong to a mode", count)
	}
}
