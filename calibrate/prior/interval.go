package prior

import (
	"fmt"
	"math"
)

// Interval maps onto Lo < θ < Hi by θ = Lo + (Hi−Lo)·σ(w).
type Interval struct{ Lo, Hi float64 }

// Forward implements [Bijector]. θ never rounds to beyond a bound.
func (i Interval) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	width := i.Hi - i.Lo
	logp, dlogp := logistic(w)
	if w < 0 {
		theta = i.Lo + width*sigmoid(w)
	} else {
		theta = i.Hi - width*sigmoid(-w)
	}
	return theta, width * sigmoid(w) * sigmoid(-w), math.Log(width) + logp, dlogp
}

// Inverse implements [Bijector].
func (i Interval) Inverse(theta float64) float64 {
	return math.Log(theta-i.Lo) - math.Log(i.Hi-theta)
}

// Saturated implements [Bijector].
func (Interval) Saturated(w float64) bool { return math.Abs(w) > saturation }

func (i Interval) String() string { return fmt.Sprintf("between %v and %v", i.Lo, i.Hi) }
