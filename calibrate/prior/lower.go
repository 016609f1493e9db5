package prior

import (
	"fmt"
	"math"
)

// Lower maps onto θ > Bound by θ = Bound + e^w.
type Lower struct{ Bound float64 }

// Forward implements [Bijector].
func (l Lower) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	e := math.Exp(w)
	return l.Bound + e, e, w, 1
}

// Inverse implements [Bijector].
func (l Lower) Inverse(theta float64) float64 { return math.Log(theta - l.Bound) }

// Saturated implements [Bijector].
func (Lower) Saturated(float64) bool { return false }

func (l Lower) String() string { return fmt.Sprintf("above %v", l.Bound) }
