package ad

import "math"

// Exp returns e^x.
func (x Num) Exp() Num {
	v := math.Exp(x.v)
	if x.ref != 0 {
		return x.Chain(v, v)
	}
	return Num{v: v}
}

// Expm1 returns e^x − 1, accurate near x = 0.
func (x Num) Expm1() Num {
	v := math.Expm1(x.v)
	if x.ref != 0 {
		return x.Chain(v, math.Exp(x.v))
	}
	return Num{v: v}
}

// Log returns ln x.
//
// Special cases: Log(0) = −Inf with derivative +Inf; Log(x<0) = NaN.
func (x Num) Log() Num { return x.Chain(math.Log(x.v), slopeOfLog(x.v)) }

// Log1p returns ln(1+x), accurate near x = 0.
//
// Special cases: Log1p(−1) = −Inf with derivative +Inf; Log1p(x<−1) = NaN.
func (x Num) Log1p() Num { return x.Chain(math.Log1p(x.v), slopeOfLog(1+x.v)) }

// slopeOfLog is 1/x, of −0 too, and NaN where the logarithm is.
func slopeOfLog(x float64) float64 {
	if x < 0 {
		return math.NaN()
	}
	return 1 / math.Abs(x)
}

// Sqrt returns √x.
//
// Special cases: Sqrt(0) = 0 with derivative +Inf; Sqrt(x<0) = NaN.
func (x Num) Sqrt() Num {
	v := math.Sqrt(x.v)
	return x.Chain(v, 0.5/math.Abs(v)) // √−0 is −0
}

// Square returns x².
func (x Num) Square() Num { return x.Chain(x.v*x.v, 2*x.v) }

// Pow returns x^y.
//
// Special cases: at x = 0 the derivative in x is 0 for y > 1, 1 for y = 1, +Inf
// for 0 < y < 1 and 0 for y = 0; the derivative in y, x^y·ln x, is 0 at x = 0
// for y > 0 and −Inf for y = 0. For x < 0 and active y the result's derivative
// is NaN, since ln x is not real.
func (x Num) Pow(y Num) Num {
	v := math.Pow(x.v, y.v)
	dx, dy := 0.0, 0.0
	if x.ref != 0 && y.v != 0 {
		dx = y.v * math.Pow(x.v, y.v-1)
	}
	if y.ref != 0 && (x.v != 0 || y.v <= 0) {
		dy = v * math.Log(x.v)
	}
	return Combine(v, dx, x, dy, y)
}

// PowConst returns x^c for a plain exponent c, with the special cases of [Num.Pow].
func (x Num) PowConst(c float64) Num { return x.Pow(Const(c)) }

// Tanh returns the hyperbolic tangent of x.
func (x Num) Tanh() Num {
	c := math.Cosh(x.v)
	return x.Chain(math.Tanh(x.v), 1/(c*c))
}

// Logistic returns 1/(1+e^−x).
func (x Num) Logistic() Num {
	e := math.Exp(-math.Abs(x.v)) // no overflow, and no cancellation in the derivative
	v := 1 / (1 + e)
	if x.v < 0 {
		v = e / (1 + e)
	}
	return x.Chain(v, e/((1+e)*(1+e)))
}

// Erf returns the error function of x.
func (x Num) Erf() Num {
	return x.Chain(math.Erf(x.v), 2/math.SqrtPi*math.Exp(-x.v*x.v))
}

// NormalCDF returns Φ(x), the standard normal distribution function.
func (x Num) NormalCDF() Num { return x.Chain(normalCDF(x.v), normalDensity(x.v)) }

func normalCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

func normalDensity(x float64) float64 {
	return math.Exp(-0.5*x*x) / math.Sqrt(2*math.Pi)
}

// Sin returns the sine of x.
func (x Num) Sin() Num { return x.Chain(math.Sin(x.v), math.Cos(x.v)) }

// Cos returns the cosine of x.
func (x Num) Cos() Num { return x.Chain(math.Cos(x.v), -math.Sin(x.v)) }

// Abs returns |x|, with derivative 0 at 0.
func (x Num) Abs() Num {
	switch {
	case x.v < 0:
		return x.Neg()
	case x.v == 0:
		return Num{}
	}
	return x
}
