package reparam

import "math"

// BetaLower returns the lower tail of the Beta(a, b) law below x = 1−y, over
// the density of logit x, and its first moments, for t in the tail:
//
//	mass = ∫₀^∞ exp(h) dv,
//	ma = ∫₀^∞ log(x/t)·exp(h) dv,  mb = ∫₀^∞ log(y/(1−t))·exp(h) dv,
//	h(v) = −a·log(x/t) − b·log(y/(1−t)),  v = logit x − logit t.
//
// For a, b > 0 and x, y ≥ 0 it is accurate to about 1e-11 in the lower half of
// the law, x(a+b+1) ≤ a+½, and for a, b ≥ 30 also above. BetaLower(y, x, b, a) is
// the upper tail, with the two moments changing places; the masses add up as
// for [GammaUpper].
func BetaLower(x, y, a, b float64) (mass, ma, mb float64) {
	if a < 30 && x < 0.85 {
		return betaSeries(x, a, b)
	}
	return betaTail(x, y, a, b)
}

func betaTail(x, y, a, b float64) (mass, ma, mb float64) {
	end := window(b*x-a*y, (a+b)*x*y, func(v float64) (float64, float64) {
		la, lb := logRatios(v, x, y)
		return -a*la - b*lb, -a + (a+b)*x*math.Exp(-v-lb)
	})
	for i, node := range nodes {
		la, lb := logRatios(end*node, x, y)
		height := weights[i] * math.Exp(-a*la-b*lb)
		mass += height
		ma += la * height
		mb += lb * height
	}
	return end * mass, end * ma, end * mb
}

// logRatios returns log(x/t) and log(y/(1−t)), where logit t = logit x − v: they
// differ by v, and starting from the smaller of x and y loses nothing.
func logRatios(v, x, y float64) (la, lb float64) {
	if x < y {
		lb = math.Log1p(x * math.Expm1(-v))
		return v + lb, lb
	}
	la = math.Log1p(y * math.Expm1(v))
	return la, la - v
}

// betaSeries sums mass = Σ x^k (a+b)_k/(a)_{k+1} (DLMF 8.17.8), all terms
// positive, and the moments from the derivatives of the same terms.
func betaSeries(x, a, b float64) (mass, ma, mb float64) {
	term, below, above := 1.0, 0.0, 0.0
	for k := 0.0; ; k++ {
		r := 1 / (a + k)
		term *= r
		below += r
		mass += term
		ma += term * (below - above)
		mb -= term * above
		term *= x * (a + b + k)
		if !(term*(1-x) > 1e-17*mass*(a+k)) {
			return mass, ma, mb // also if the sum overflows
		}
		above += 1 / (a + b + k)
	}
}
