package prior

import (
	"fmt"
	"math"
)

// LogInterval maps onto 0 < Lo < θ < Hi with log θ spread evenly:
// log θ = log Lo + log(Hi/Lo)·σ(w).
type LogInterval struct{ Lo, Hi float64 }

// Forward implements [Bijector]. θ never rounds to beyond a bound.
func (l LogInterval) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	width := math.Log(l.Hi / l.Lo)
	if w < 0 {
		theta = l.Lo * math.Exp(width*sigmoid(w))
	} else {
		theta = l.Hi * math.Exp(-width*sigmoid(-w))
	}
	slope := width * sigmoid(w) * sigmoid(-w) // d log θ / dw
	logp, dlogp := logistic(w)
	return theta, theta * slope, math.Log(theta) + math.Log(width) + logp, slope + dlogp
}

// Inverse implements [Bijector].
func (l LogInterval) Inverse(theta float64) float64 {
	return math.Log(math.Log(theta/l.Lo)) - math.Log(math.Log(l.Hi/theta))
}

// Saturated implements [Bijector].
func (LogInterval) Saturated(w float64) bool { return math.Abs(w) > saturation }

func (l LogInterval) String() string {
	return fmt.Sprintf("between %v and %v on the log scale", l.Lo, l.Hi)
}
