package prior

import "math"

// Bijector is a smooth one-to-one map from the real line onto an interval.
type Bijector interface {
	// Forward returns θ(w), dθ/dw, log|dθ/dw| and d log|dθ/dw| / dw.
	Forward(w float64) (theta, dtheta, logDet, dlogDet float64)

	// Inverse returns w(θ): infinite on a bound, NaN outside.
	Inverse(theta float64) float64

	// Saturated reports whether w is so far out that θ lies within 1e-12 of
	// the width of its interval from a bound. It is never true for an
	// unbounded interval.
	Saturated(w float64) bool

	// String returns the bijector's name and bounds.
	String() string
}

// ForSupport returns the bijector onto the interval from lo to hi, either of
// which may be infinite. It panics unless lo < hi.
func ForSupport(lo, hi float64) Bijector {
	if !(lo < hi) {
		panic("prior: a support needs lo < hi")
	}
	switch below, above := math.IsInf(lo, -1), math.IsInf(hi, 1); {
	case below && above:
		return Real{}
	case above && lo == 0:
		return Positive{}
	case above:
		return Lower{lo}
	case below:
		return Upper{hi}
	}
	return Interval{lo, hi}
}

// saturation is the |logit| at which a sigmoid lies within 1e-12 of 0 or 1.
var saturation = -math.Log(1e-12)
