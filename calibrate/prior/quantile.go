package prior

import "math"

// solveQuantile returns the w with P(W ≤ w) = u for a log-concave density of
// w. It solves log P = log u in the tail that holds less mass, where the
// logarithm of the tail is concave and Newton's method converges from any
// start; a bracket takes over where a tail underflows. start should be near
// the bulk of the mass.
func solveQuantile(u, start float64, logTails func(w float64) (below, above float64),
	logDensity func(w float64) (logp, dlogp float64)) float64 {
	wantProbability(u)
	switch u {
	case 0:
		return math.Inf(-1)
	case 1:
		return math.Inf(1)
	}
	upper := u > 0.5
	excess := func(w float64) (value, slope float64) { // increasing in w
		logp, _ := logDensity(w)
		below, above := logTails(w)
		if upper {
			return math.Log1p(-u) - above, math.Exp(logp - above)
		}
		return below - math.Log(u), math.Exp(logp - below)
	}
	return newton(excess, start)
}

// newton returns the root of an increasing function by Newton's method kept
// inside the bracket found so far.
func newton(f func(w float64) (value, slope float64), w float64) float64 {
	lo, hi := math.Inf(-1), math.Inf(1)
	for range 200 {
		value, slope := f(w)
		if value < 0 {
			lo = w
		} else {
			hi = w
		}
		next := w - value/slope
		if !(next >= lo && next <= hi) || math.IsInf(next, 0) {
			next = between(lo, hi)
		}
		if math.Abs(next-w) <= 1e-15*math.Max(1, math.Abs(w)) {
			return next
		}
		w = next
	}
	return w
}

// between returns a point inside a bracket of which one end may be infinite.
func between(lo, hi float64) float64 {
	switch {
	case math.IsInf(hi, 1):
		return lo + 1 + math.Abs(lo)
	case math.IsInf(lo, -1):
		return hi - 1 - math.Abs(hi)
	}
	return lo + 0.5*(hi-lo)
}
