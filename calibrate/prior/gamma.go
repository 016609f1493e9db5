package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Gamma is the density proportional to x^(shape−1)·exp(−rate·x) on x ≥ 0, with
// mean shape/rate.
type Gamma struct{ shape, rate, logNorm float64 }

// NewGamma returns the gamma density. It returns an error unless shape and
// rate are positive.
func NewGamma(shape, rate float64) (Density, error) {
	if err := first(positive("shape", shape), positive("rate", rate)); err != nil {
		return nil, err
	}
	logGamma, _ := math.Lgamma(shape)
	return Gamma{shape, rate, logGamma}, nil
}

// LogDensity implements [Density].
func (d Gamma) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= 0) {
		return outside()
	}
	logp = xlogy(d.shape-1, d.rate*x) + math.Log(d.rate) - d.rate*x - d.logNorm
	return logp, ratio(d.shape-1, x) - d.rate
}

// CDF implements [Density].
func (d Gamma) CDF(x float64) float64 {
	return mathext.GammaIncReg(d.shape, math.Max(x, 0)*d.rate)
}

// Quantile implements [Density].
func (d Gamma) Quantile(u float64) float64 { return math.Exp(d.QuantileAt(u)) }

// Mean implements [Density].
func (d Gamma) Mean() float64 { return d.shape / d.rate }

// SD implements [Density].
func (d Gamma) SD() float64 { return math.Sqrt(d.shape) / d.rate }

// Support implements [Density].
func (d Gamma) Support() (lo, hi float64) { return 0, math.Inf(1) }

// Bijector implements [Unconstrained]: w = log θ.
func (d Gamma) Bijector() Bijector { return Positive{} }

// LogDensityAt implements [Unconstrained]: with t = w + log rate it is
// shape·t − e^t − log Γ(shape).
func (d Gamma) LogDensityAt(w float64) (logp, dlogp float64) {
	t := w + math.Log(d.rate)
	x := math.Exp(t)
	return d.shape*t - x - d.logNorm, d.shape - x
}

// QuantileAt implements [Unconstrained]. The equation is solved in w, where
// small shapes, whose quantiles underflow, keep their digits.
func (d Gamma) QuantileAt(u float64) float64 {
	start := mathext.Digamma(d.shape) - math.Log(d.rate)
	return solveQuantile(u, start, d.logTails, d.LogDensityAt)
}

// logTails returns log P(W ≤ w) and log P(W > w), W = log X.
func (d Gamma) logTails(w float64) (below, above float64) {
	t := w + math.Log(d.rate)
	if t < -690 { // e^t underflows; the first term of the series is exact here
		below = d.shape*t - math.Log(d.shape) - d.logNorm
		return below, math.Log(-math.Expm1(below))
	}
	x := math.Exp(t)
	return math.Log(mathext.GammaIncReg(d.shape, x)), math.Log(mathext.GammaIncRegComp(d.shape, x))
}

func (d Gamma) String() string { return fmt.Sprintf("Gamma(shape=%v, rate=%v)", d.shape, d.rate) }
