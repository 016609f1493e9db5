package prior

import "math"

// sigmoid is 1/(1+e^{−w}), with full relative precision for w → −∞.
func sigmoid(w float64) float64 {
	if w < 0 {
		e := math.Exp(w)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-w))
}

// softplus is log(1+e^w) = −log sigmoid(−w).
func softplus(w float64) float64 {
	return math.Max(w, 0) + math.Log1p(math.Exp(-math.Abs(w)))
}

// logit is the inverse of sigmoid.
func logit(u float64) float64 {
	wantProbability(u)
	return math.Log(u) - math.Log1p(-u)
}

// logistic returns the standard logistic log-density and its derivative.
func logistic(w float64) (logp, dlogp float64) {
	a := math.Abs(w)
	return -a - 2*math.Log1p(math.Exp(-a)), -math.Tanh(0.5 * w)
}

// xlogy is x·log y with 0·log 0 = 0.
func xlogy(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(y)
}

// xlog1py is x·log(1+y) with 0·log 0 = 0.
func xlog1py(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log1p(y)
}

// ratio is x/y with 0/0 = 0.
func ratio(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x / y
}
