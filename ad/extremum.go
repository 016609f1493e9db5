package ad

import "math"

// Max returns the larger of x and y with its derivatives; at a tie the mean of
// both, the subgradient that treats the arguments alike. NaN arguments give NaN.
func Max(x, y Num) Num {
	switch {
	case x.v > y.v:
		return x
	case y.v > x.v:
		return y
	}
	return Combine(math.Max(x.v, y.v), 0.5, x, 0.5, y)
}

// Min returns the smaller of x and y with its derivatives; at a tie the mean of
// both. NaN arguments give NaN.
func Min(x, y Num) Num { return Max(x.Neg(), y.Neg()).Neg() }

// SmoothMax returns the larger of x and y with a surrogate derivative: the
// weight of x is Φ((x−y)/width), so that the argument close behind matters too.
// It panics unless width > 0.
func SmoothMax(x, y Num, width float64) Num {
	if !(width > 0) {
		panic("ad: the width of a surrogate maximum must be positive")
	}
	w := normalCDF((x.v - y.v) / width)
	return Combine(math.Max(x.v, y.v), w, x, 1-w, y)
}

// SmoothMin returns the smaller of x and y with the surrogate derivative of
// [SmoothMax]. It panics unless width > 0.
func SmoothMin(x, y Num, width float64) Num {
	return SmoothMax(x.Neg(), y.Neg(), width).Neg()
}
