package prior

import (
	"fmt"
	"math"
)

// LogUniform is the density on [lo, hi] whose logarithm is uniform.
type LogUniform struct{ lo, hi, logRatio float64 }

// NewLogUniform returns the log-uniform density. It returns an error unless
// 0 < lo < hi, both finite.
func NewLogUniform(lo, hi float64) (Density, error) {
	if err := first(positive("lo", lo), finite("hi", hi), ascending(lo, hi)); err != nil {
		return nil, err
	}
	return LogUniform{lo, hi, math.Log(hi / lo)}, nil
}

// LogDensity implements [Density].
func (d LogUniform) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= d.lo && x <= d.hi) {
		return outside()
	}
	return -math.Log(x) - math.Log(d.logRatio), -1 / x
}

// CDF implements [Density].
func (d LogUniform) CDF(x float64) float64 {
	x = math.Min(math.Max(x, d.lo), d.hi)
	return math.Log(x/d.lo) / d.logRatio
}

// Quantile implements [Density].
func (d LogUniform) Quantile(u float64) float64 {
	wantProbability(u)
	if u > 0.5 {
		return d.hi * math.Exp(-(1-u)*d.logRatio)
	}
	return d.lo * math.Exp(u*d.logRatio)
}

// Mean implements [Density].
func (d LogUniform) Mean() float64 { return (d.hi - d.lo) / d.logRatio }

// SD implements [Density].
func (d LogUniform) SD() float64 {
	square := 0.5 * (d.hi - d.lo) * (d.hi + d.lo) / d.logRatio
	return math.Sqrt(square - d.Mean()*d.Mean())
}

// Support implements [Density].
func (d LogUniform) Support() (lo, hi float64) { return d.lo, d.hi }

// Bijector implements [Unconstrained]: an interval on the log scale, where the
// density is flat.
func (d LogUniform) Bijector() Bijector { return LogInterval{d.lo, d.hi} }

// LogDensityAt implements [Unconstrained]: w is standard logistic.
func (d LogUniform) LogDensityAt(w float64) (logp, dlogp float64) { return logistic(w) }

// QuantileAt implements [Unconstrained].
func (d LogUniform) QuantileAt(u float64) float64 { return logit(u) }

func (d LogUniform) String() string { return fmt.Sprintf("LogUniform(lo=%v, hi=%v)", d.lo, d.hi) }
