package prior

import (
	"fmt"
	"math"
)

// Uniform is the uniform density on [lo, hi].
type Uniform struct{ lo, hi float64 }

// NewUniform returns the uniform density. It returns an error unless lo and hi
// are finite and lo < hi.
func NewUniform(lo, hi float64) (Density, error) {
	if err := first(finite("lo", lo), finite("hi", hi), ascending(lo, hi)); err != nil {
		return nil, err
	}
	return Uniform{lo, hi}, nil
}

// LogDensity implements [Density].
func (d Uniform) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= d.lo && x <= d.hi) {
		return outside()
	}
	return -math.Log(d.hi - d.lo), 0
}

// CDF implements [Density].
func (d Uniform) CDF(x float64) float64 {
	return math.Min(math.Max((x-d.lo)/(d.hi-d.lo), 0), 1)
}

// Quantile implements [Density].
func (d Uniform) Quantile(u float64) float64 {
	wantProbability(u)
	if u > 0.5 {
		return d.hi - (d.hi-d.lo)*(1-u)
	}
	return d.lo + (d.hi-d.lo)*u
}

// Mean implements [Density].
func (d Uniform) Mean() float64 { return d.lo + 0.5*(d.hi-d.lo) }

// SD implements [Density].
func (d Uniform) SD() float64 { return (d.hi - d.lo) / math.Sqrt(12) }

// Support implements [Density].
func (d Uniform) Support() (lo, hi float64) { return d.lo, d.hi }

// Bijector implements [Unconstrained].
func (d Uniform) Bijector() Bijector { return Interval{d.lo, d.hi} }

// LogDensityAt implements [Unconstrained]: w is standard logistic.
func (d Uniform) LogDensityAt(w float64) (logp, dlogp float64) { return logistic(w) }

// QuantileAt implements [Unconstrained].
func (d Uniform) QuantileAt(u float64) float64 { return logit(u) }

func (d Uniform) String() string { return fmt.Sprintf("Uniform(lo=%v, hi=%v)", d.lo, d.hi) }
