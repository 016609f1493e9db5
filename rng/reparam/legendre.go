package reparam

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

const (
	order    = 36    // nodes of the rule
	cutoff   = -40.0 // log height, relative to the start, at which a tail ends
	tooSmall = -70.0 // log height from which a wider window would waste nodes
)

// nodes and weights of the Gauss–Legendre rule on (0, 1).
var nodes, weights = legendre()

func legendre() (x, w [order]float64) {
	quad.Legendre{}.FixedLocations(x[:], w[:], 0, 1)
	return x, w
}

// window returns a v at which the concave log height h, given with its slope,
// has fallen below cutoff, but not far below. slope and bend are h′(0) and
// −h″(0) > 0.
func window(slope, bend float64, h func(v float64) (height, slope float64)) float64 {
	v := parabola(slope, bend)
	height, descent := h(v)
	for height > cutoff {
		v *= 2
		height, descent = h(v)
	}
	// Newton's steps on a concave function come down from the right and never
	// cross the root.
	for height < tooSmall {
		v += (cutoff - height) / descent
		height, descent = h(v)
	}
	return v
}

// parabola returns the v > 0 at which slope·v − bend·v²/2 falls to cutoff.
func parabola(slope, bend float64) float64 {
	root := math.Hypot(slope, math.Sqrt(bend)*math.Sqrt(-2*cutoff))
	if slope > 0 {
		return (slope + root) / bend
	}
	return -cutoff / (root/2 - slope/2) // halved, not to overflow
}
