package flow

import "math"

// bin is one piece of a rational-quadratic spline (Gregory & Delbourgo 1982;
// Durkan et al. 2019, eqs. 4–5): it takes [x, x+w] to [y, y+h] with end
// derivatives d0 and d1.
type bin struct{ x, w, y, h, d0, d1 float64 }

// value returns, with ξ = (v−x)/w, slope σ = h/w and q = ξ(1−ξ),
//
//	y + h·(σξ² + d₀q) / (σ + (d₀+d₁−2σ)q)
//
// and the logarithm of its derivative in v.
func (b bin) value(v float64) (y, logSlope float64) {
	slope, xi := b.h/b.w, (v-b.x)/b.w
	q := xi * (1 - xi)
	num, den, der := b.terms(slope, xi, q)
	return b.y + b.h*num/den, math.Log(slope * slope * der / (den * den))
}

// terms are the value's numerator and denominator and the derivative's
// numerator: dy/dv = σ²·der/den².
func (b bin) terms(slope, xi, q float64) (num, den, der float64) {
	num = slope*xi*xi + b.d0*q
	den = slope + (b.d0+b.d1-2*slope)*q
	der = b.d1*xi*xi + 2*slope*q + b.d0*(1-xi)*(1-xi)
	return num, den, der
}

// inverse solves value(x) = v, by the root of the quadratic in ξ that stays
// accurate when its leading coefficient vanishes.
func (b bin) inverse(v float64) float64 {
	slope, rise := b.h/b.w, v-b.y
	bend := b.d0 + b.d1 - 2*slope
	qa := rise*bend + b.h*(slope-b.d0)
	qb := b.h*b.d0 - rise*bend
	qc := -slope * rise
	root := math.Sqrt(max(qb*qb-4*qa*qc, 0))
	return b.x + b.w*2*qc/(-qb-root)
}

// pull returns yBar·∂value + lBar·∂logSlope with respect to v and to the bin's
// six numbers.
func (b bin) pull(v, yBar, lBar float64) (vBar float64, bar bin) {
	slope, xi := b.h/b.w, (v-b.x)/b.w
	q := xi * (1 - xi)
	num, den, der := b.terms(slope, xi, q)

	numBar := yBar * b.h / den
	denBar := -(numBar*num + 2*lBar) / den
	derBar := lBar / der

	slopeBar := numBar*xi*xi + denBar*(1-2*q) + derBar*2*q + 2*lBar/slope
	qBar := numBar*b.d0 + denBar*(b.d0+b.d1-2*slope) + derBar*2*slope
	xiBar := numBar*2*slope*xi + derBar*2*(b.d1*xi-b.d0*(1-xi)) + qBar*(1-2*xi)

	vBar = xiBar / b.w
	return vBar, bin{
		x:  -vBar,
		w:  -(xiBar*xi + slopeBar*slope) / b.w,
		y:  yBar,
		h:  yBar*num/den + slopeBar/b.w,
		d0: numBar*q + denBar*q + derBar*(1-xi)*(1-xi),
		d1: denBar*q + derBar*xi*xi,
	}
}
