package gradient_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

var smoothedSides = []gradient.Smoothed{
	{Side: gradient.SmoothBoth}, {Side: gradient.SmoothRight}, {Side: gradient.SmoothLeft}, {Side: gradient.SmoothWeighted},
}

// At p = 0 and 1 there is an alternative on one side only, so that both sides
// tell half the derivative, as published.
func TestSmoothedAtTheEdge(t *testing.T) {
	draw := toy("draw", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num {
		return []ad.Num{w.Bernoulli(0, w.Param("p"))}
	})
	for i, want := range [][2]float64{{0.5, 0.5}, {1, 0}, {0, 1}, {1, 1}} {
		for edge, d := range want {
			samples(t, smoothedSides[i], problem(t, draw, float64(edge)), 3, func(s *gradient.Sample) {
				if s.Jacobian[0] != d {
					t.Errorf("side %d at p = %d: %g, want %g", smoothedSides[i].Side, edge, s.Jacobian[0], d)
				}
			})
		}
	}
}

// A choice between two is a Bernoulli draw in other words. The draw is the
// alternative to the rest, so with the same luck it falls on the other side.
func TestSmoothedChoiceOfTwo(t *testing.T) {
	const p = 0.3
	rates := [][2]float64{{0.5 / (1 - p), 0.5 / p}, {1 / (1 - p), 0}, {0, 1 / p}, {1, 1}}
	for i, rate := range rates {
		samples(t, smoothedSides[i], problem(t, choosing("p"), p), 50, func(s *gradient.Sample) {
			want := rate[int(s.Series[1])]
			if math.Abs(s.Jacobian[1]-want) > 1e-12 || math.Abs(s.Jacobian[0]+want) > 1e-12 {
				t.Errorf("side %d, drawn %g: %v, want ∓%g", smoothedSides[i].Side, s.Series[1], s.Jacobian, want)
			}
		})
	}
}

func TestSmoothedNeedsASide(t *testing.T) {
	if _, err := (gradient.Smoothed{Side: 4}).Sampler(problem(t, choosing("p"), 0.1)); err == nil {
		t.Error("a side that does not exist is accepted")
	}
}
