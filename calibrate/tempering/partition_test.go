package tempering

import (
	"math"
	"testing"
)

// The shares of a point add up to one, and their gradients are right.
func TestPartition(t *testing.T) {
	var c points
	c.cloud(300, 2, func(x []float64) ([]float64, float64) {
		return []float64{0.2*x[0] + math.Copysign(2, x[1]), 0.3 * x[1]}, 0
	})
	modes := modesOf(c.z, hills(c.z, c.height, nil))
	if len(modes) != 2 {
		t.Fatalf("%d modes", len(modes))
	}
	p := NewPartition(modes)
	for _, at := range [][]float64{{2, 0}, {0.1, 0.3}, {-7, 4}} {
		total := 0.0
		for k := range modes {
			grad := make([]float64, 2)
			log := p.LogShare(grad, at, k)
			total += math.Exp(log)
			for j := range at {
				const h = 1e-6
				up, down := append([]float64(nil), at...), append([]float64(nil), at...)
				up[j] += h
				down[j] -= h
				if want := (p.LogShare(nil, up, k) - p.LogShare(nil, down, k)) / (2 * h); math.Abs(grad[j]-want) > 1e-5*(1+math.Abs(want)) {
					t.Errorf("gradient %d of mode %d at %v: %g, want %g", j, k, at, grad[j], want)
				}
			}
		}
		if math.Abs(total-1) > 1e-12 {
			t.Errorf("the shares at %v add up to %g", at, total)
		}
	}
	if own := p.LogShare(nil, modes[1].Mean, 1); own < -0.1 {
		t.Errorf("a mode owns e^%g of its middle", own)
	}
	if got := NewPartition(modes[:1]).LogShare(nil, []float64{1, 1}, 0); got != 0 {
		t.Errorf("a lone mode owns e^%g", got)
	}
}
