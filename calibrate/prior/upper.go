package prior

import (
	"fmt"
	"math"
)

// Upper maps onto θ < Bound by θ = Bound − e^w; it decreases in w.
type Upper struct{ Bound float64 }

// Forward implements [Bijector].
func (u Upper) Forward(w float64) (theta, dtheta, logDet, dlogDet float64) {
	e := math.Exp(w)
	return u.Bound - e, -e, w, 1
}

// Inverse implements [Bijector].
func (u Upper) Inverse(theta float64) float64 { return math.Log(u.Bound - theta) }

// Saturated implements [Bijector].
func (Upper) Saturated(float64) bool { return false }

func (u Upper) String() string { return fmt.Sprintf("below %v", u.Bound) }
