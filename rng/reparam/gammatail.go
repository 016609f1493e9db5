package reparam

import "math"

// GammaLower returns the lower tail of the Gamma(shape, 1) law below x, over
// the density of log x, and its first moment in v = log(x/t) for t in the tail:
//
//	mass = ∫₀^∞ exp(h) dv,  moment = ∫₀^∞ v·exp(h) dv,
//	h(v) = −shape·v + x(1−e^{−v}).
//
// For shape > 0 and x ≥ 0 it is accurate to about 1e-11.
func GammaLower(shape, x float64) (mass, moment float64) {
	if shape < 30 {
		return gammaSeries(shape, x)
	}
	return gammaTail(shape, x, -1)
}

// GammaUpper returns the same for the upper tail, beyond x, with v = log(t/x)
// and h(v) = shape·v − x(e^v−1). It is as accurate in the upper half of the law,
// x ≥ shape+½, and for shape ≥ 30 also below.
//
// The two masses of one law and point add up to 1/density, so that
// lower/(lower+upper) is the cumulative probability, without a gamma function and
// without loss in either tail.
func GammaUpper(shape, x float64) (mass, moment float64) {
	return gammaTail(shape, x, 1)
}

// gammaTail integrates towards larger (side 1) or smaller (side −1) values.
func gammaTail(shape, x, side float64) (mass, moment float64) {
	end := window(side*(shape-x), x, func(v float64) (float64, float64) {
		e := math.Expm1(side * v)
		return side*shape*v - x*e, side * (shape - x - x*e)
	})
	for i, node := range nodes {
		v := end * node
		height := weights[i] * math.Exp(side*shape*v-x*math.Expm1(side*v))
		mass += height
		moment += v * height
	}
	return end * mass, end * moment
}

// gammaSeries sums mass = Σ x^k/(shape)_{k+1} (DLMF 8.7.1), all terms positive,
// and moment = −∂mass/∂shape from the same terms.
func gammaSeries(shape, x float64) (mass, moment float64) {
	term, reciprocals := 1.0, 0.0
	for s := shape; ; s++ {
		r := 1 / s
		term *= r
		reciprocals += r
		mass += term
		moment += term * reciprocals
		term *= x
		if !(term > 1e-17*mass*s) {
			return mass, moment // also if the sum overflows
		}
	}
}
