package report

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestHistogramHoldsAllMass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draws := rapid.SliceOfN(rapid.Float64Range(-1e3, 1e3), 1, 200).Draw(t, "draws")
		h := newHistogram(append(draws, math.NaN()))
		var mass float64
		for i, d := range h.density {
			mass += d * (h.edges[i+1] - h.edges[i])
		}
		if math.Abs(mass-1) > 1e-9 || len(h.edges) != len(h.density)+1 {
			t.Fatalf("mass %g in %d bins with %d edges", mass, len(h.density), len(h.edges))
		}
		all := spanOf(draws)
		if h.edges[0] > all.lo || h.edges[len(h.edges)-1] < all.hi-1e-9*all.width() {
			t.Fatalf("edges %v do not reach over %v", h.edges, all)
		}
	})
}

func TestHistogramFollowsDensity(t *testing.T) {
	r := sampleRand(1)
	draws := make([]float64, 20000)
	for i := range draws {
		draws[i] = r.NormFloat64()
	}
	h := newHistogram(draws)
	width := h.edges[1] - h.edges[0]
	for i, d := range h.density {
		x := (h.edges[i] + h.edges[i+1]) / 2
		want := math.Exp(-x*x/2) / math.Sqrt(2*math.Pi)
		se := math.Sqrt(want / (width * float64(len(draws))))
		if want > 0.02 && math.Abs(d-want) > 4*se+0.005 {
			t.Errorf("density %g at %g, expected %g", d, x, want)
		}
	}
}

func TestHistogramOfNothing(t *testing.T) {
	if h := newHistogram([]float64{math.NaN()}); len(h.density) != 0 || h.peak() != 0 {
		t.Errorf("histogram %v", h)
	}
}
