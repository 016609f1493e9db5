package prior

import (
	"fmt"
	"math"
)

// Exponential is the density rate·exp(−rate·x) on x ≥ 0, with mean 1/rate.
type Exponential struct{ rate float64 }

// NewExponential returns the exponential density. It returns an error unless
// rate is positive.
func NewExponential(rate float64) (Density, error) {
	if err := positive("rate", rate); err != nil {
		return nil, err
	}
	return Exponential{rate}, nil
}

// LogDensity implements [Density].
func (d Exponential) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= 0) {
		return outside()
	}
	return math.Log(d.rate) - d.rate*x, -d.rate
}

// CDF implements [Density].
func (d Exponential) CDF(x float64) float64 { return -math.Expm1(-d.rate * math.Max(x, 0)) }

// Quantile implements [Density].
func (d Exponential) Quantile(u float64) float64 {
	wantProbability(u)
	return -math.Log1p(-u) / d.rate
}

// Mean implements [Density].
func (d Exponential) Mean() float64 { return 1 / d.rate }

// SD implements [Density].
func (d Exponential) SD() float64 { return 1 / d.rate }

// Support implements [Density].
func (d Exponential) Support() (lo, hi float64) { return 0, math.Inf(1) }

func (d Exponential) String() string { return fmt.Sprintf("Exponential(rate=%v)", d.rate) }
