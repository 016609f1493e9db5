package tempering

import (
	"math"
	"testing"
)

// Narrow bumps far apart are modes of their own, with their shares.
func TestModesFarApart(t *testing.T) {
	target := bumps(0.1, []float64{1, 1}, []float64{-1, 1}, []float64{1, -1}, []float64{-1, -1})
	p, err := Sample(t.Context(), target, Options{Particles: 600, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	modes, err := p.Modes(target)
	if err != nil {
		t.Fatal(err)
	}
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

// In many dimensions hills seem to part where none do; the straight way tells.
func TestModesInManyDimensions(t *testing.T) {
	centre := make([]float64, 8)
	target := bumps(0.5, centre)
	p, err := Sample(t.Context(), target, Options{Particles: 300, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if modes, err := p.Modes(target); err != nil || len(modes) != 1 || len(modes[0].Members) != 300 {
		t.Errorf("%d modes, %v", len(modes), err)
	}
}
