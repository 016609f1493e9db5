package prior

import (
	"fmt"
	"math"
)

// LogNormal is the density of exp(mu + sigma·Z), Z standard normal: mu and
// sigma are the mean and the standard deviation of the logarithm.
type LogNormal struct{ log Normal }

// NewLogNormal returns the log-normal density. It returns an error unless mu
// is finite and sigma positive.
func NewLogNormal(mu, sigma float64) (Density, error) {
	if err := first(finite("mu", mu), positive("sigma", sigma)); err != nil {
		return nil, err
	}
	return LogNormal{Normal{mu, sigma}}, nil
}

// LogDensity implements [Density].
func (l LogNormal) LogDensity(x float64) (logp, dlogp float64) {
	if !(x > 0) {
		return outside()
	}
	w := math.Log(x)
	logp, dlogp = l.log.LogDensity(w)
	return logp - w, (dlogp - 1) / x
}

// CDF implements [Density].
func (l LogNormal) CDF(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return l.log.CDF(math.Log(x))
}

// Quantile implements [Density].
func (l LogNormal) Quantile(u float64) float64 { return math.Exp(l.log.Quantile(u)) }

// Mean implements [Density].
func (l LogNormal) Mean() float64 { return math.Exp(l.log.mu + 0.5*l.log.sd*l.log.sd) }

// SD implements [Density].
func (l LogNormal) SD() float64 { return l.Mean() * math.Sqrt(math.Expm1(l.log.sd*l.log.sd)) }

// Support implements [Density].
func (l LogNormal) Support() (lo, hi float64) { return 0, math.Inf(1) }

// Bijector implements [Unconstrained]: w = log θ.
func (l LogNormal) Bijector() Bijector { return Positive{} }

// LogDensityAt implements [Unconstrained]: log θ is normal.
func (l LogNormal) LogDensityAt(w float64) (logp, dlogp float64) { return l.log.LogDensity(w) }

// QuantileAt implements [Unconstrained].
func (l LogNormal) QuantileAt(u float64) float64 { return l.log.Quantile(u) }

func (l LogNormal) String() string {
	return fmt.Sprintf("LogNormal(mu=%v, sigma=%v)", l.log.mu, l.log.sd)
}
