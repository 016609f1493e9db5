package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Beta is the density proportional to x^(a−1)·(1−x)^(b−1) on [0, 1].
type Beta struct{ a, b, logNorm float64 }

// NewBeta returns the Beta density. It returns an error unless a and b are
// positive.
func NewBeta(a, b float64) (Density, error) {
	if err := first(positive("a", a), positive("b", b)); err != nil {
		return nil, err
	}
	return newBeta(a, b), nil
}

func newBeta(a, b float64) Beta { return Beta{a, b, mathext.Lbeta(a, b)} }

// LogDensity implements [Density].
func (d Beta) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= 0 && x <= 1) {
		return outside()
	}
	logp = xlogy(d.a-1, x) + xlog1py(d.b-1, -x) - d.logNorm
	return logp, ratio(d.a-1, x) - ratio(d.b-1, 1-x)
}

// CDF implements [Density].
func (d Beta) CDF(x float64) float64 {
	return mathext.RegIncBeta(d.a, d.b, math.Min(math.Max(x, 0), 1))
}

// Quantile implements [Density].
func (d Beta) Quantile(u float64) float64 { return sigmoid(d.QuantileAt(u)) }

// Mean implements [Density].
func (d Beta) Mean() float64 { return d.a / (d.a + d.b) }

// SD implements [Density].
func (d Beta) SD() float64 { return math.Sqrt(d.a*d.b/(d.a+d.b+1)) / (d.a + d.b) }

// Support implements [Density].
func (d Beta) Support() (lo, hi float64) { return 0, 1 }

// Bijector implements [Unconstrained]: w = logit θ.
func (d Beta) Bijector() Bijector { return Interval{0, 1} }

// LogDensityAt implements [Unconstrained]: a·log σ(w) + b·log σ(−w) − log B(a,b),
// exact also where θ rounds to a bound.
func (d Beta) LogDensityAt(w float64) (logp, dlogp float64) {
	logp = -d.a*softplus(-w) - d.b*softplus(w) - d.logNorm
	return logp, d.a*sigmoid(-w) - d.b*sigmoid(w)
}

// QuantileAt implements [Unconstrained]. The equation is solved in w, where
// quantiles beside an upper bound keep their digits.
func (d Beta) QuantileAt(u float64) float64 {
	start := mathext.Digamma(d.a) - mathext.Digamma(d.b)
	return solveQuantile(u, start, d.logTails, d.LogDensityAt)
}

// logTails returns log P(W ≤ w) and log P(W > w), W = logit X.
func (d Beta) logTails(w float64) (below, above float64) {
	return d.logBelow(w), Beta{d.b, d.a, d.logNorm}.logBelow(-w)
}

func (d Beta) logBelow(w float64) float64 {
	switch {
	case w < -690: // σ(w) underflows; the first term of the series is exact here
		return d.a*w - math.Log(d.a) - d.logNorm
	case w <= 0:
		return math.Log(mathext.RegIncBeta(d.a, d.b, sigmoid(w)))
	}
	above := math.Exp(Beta{d.b, d.a, d.logNorm}.logBelow(-w))
	if above > 0.9999 && w < 30 { // 1 − above has lost its digits, σ(w) has not
		return math.Log(mathext.RegIncBeta(d.a, d.b, sigmoid(w)))
	}
	return math.Log1p(-above)
}

func (d Beta) String() string { return fmt.Sprintf("Beta(a=%v, b=%v)", d.a, d.b) }
