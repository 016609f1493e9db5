package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// LogitNormal is the density of 1/(1+exp(−mu−sigma·Z)), Z standard normal: mu and
// sigma are the mean and the standard deviation of the logit.
type LogitNormal struct {
	logit    Normal
	mean, sd float64
}

// NewLogitNormal returns the logit-normal density. It returns an error unless mu
// is finite and sigma positive.
func NewLogitNormal(mu, sigma float64) (Density, error) {
	if err := first(finite("mu", mu), positive("sigma", sigma)); err != nil {
		return nil, err
	}
	l := LogitNormal{logit: Normal{mu, sigma}}
	l.mean = l.moment(func(x float64) float64 { return x })
	l.sd = math.Sqrt(l.moment(func(x float64) float64 { return (x - l.mean) * (x - l.mean) }))
	return l, nil
}

// moment integrates over all but 2e-15 of the mass; there is no closed form.
func (l LogitNormal) moment(f func(x float64) float64) float64 {
	return quad.Fixed(func(w float64) float64 {
		logp, _ := l.logit.LogDensity(w)
		return f(sigmoid(w)) * math.Exp(logp)
	}, l.logit.mu-8*l.logit.sd, l.logit.mu+8*l.logit.sd, 200, quad.Legendre{}, 0)
}

// LogDensity implements [Density].
func (l LogitNormal) LogDensity(x float64) (logp, dlogp float64) {
	if !(x > 0 && x < 1) {
		return outside()
	}
	logp, dlogp = l.logit.LogDensity(logit(x))
	return logp - math.Log(x) - math.Log1p(-x), (dlogp - 1 + 2*x) / (x * (1 - x))
}

// CDF implements [Density].
func (l LogitNormal) CDF(x float64) float64 {
	return l.logit.CDF(logit(math.Min(math.Max(x, 0), 1)))
}

// Quantile implements [Density].
func (l LogitNormal) Quantile(u float64) float64 { return sigmoid(l.logit.Quantile(u)) }

// Mean implements [Density].
func (l LogitNormal) Mean() float64 { return l.mean }

// SD implements [Density].
func (l LogitNormal) SD() float64 { return l.sd }

// Support implements [Density].
func (l LogitNormal) Support() (lo, hi float64) { return 0, 1 }

// Bijector implements [Unconstrained]: w = logit θ.
func (l LogitNormal) Bijector() Bijector { return Interval{0, 1} }

// LogDensityAt implements [Unconstrained]: logit θ is normal.
func (l LogitNormal) LogDensityAt(w float64) (logp, dlogp float64) { return l.logit.LogDensity(w) }

// QuantileAt implements [Unconstrained].
func (l LogitNormal) QuantileAt(u float64) float64 { return l.logit.Quantile(u) }

func (l LogitNormal) String() string {
	return fmt.Sprintf("LogitNormal(mu=%v, sigma=%v)", l.logit.mu, l.logit.sd)
}
