package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// logSqrt2Pi is log √(2π).
var logSqrt2Pi = 0.5 * math.Log(2*math.Pi)

// Normal is the normal density with mean mu and standard deviation sd.
type Normal struct{ mu, sd float64 }

// NewNormal returns the normal density. It returns an error unless mu is
// finite and sd positive.
func NewNormal(mu, sd float64) (Density, error) {
	if err := first(finite("mu", mu), positive("sd", sd)); err != nil {
		return nil, err
	}
	return Normal{mu, sd}, nil
}

// LogDensity implements [Density].
func (n Normal) LogDensity(x float64) (logp, dlogp float64) {
	t := (x - n.mu) / n.sd
	return -0.5*t*t - math.Log(n.sd) - logSqrt2Pi, -t / n.sd
}

// CDF implements [Density].
func (n Normal) CDF(x float64) float64 { return normalCDF((x - n.mu) / n.sd) }

// Quantile implements [Density].
func (n Normal) Quantile(u float64) float64 {
	wantProbability(u)
	return n.mu + n.sd*mathext.NormalQuantile(u)
}

// Mean implements [Density].
func (n Normal) Mean() float64 { return n.mu }

// SD implements [Density].
func (n Normal) SD() float64 { return n.sd }

// Support implements [Density].
func (n Normal) Support() (lo, hi float64) { return math.Inf(-1), math.Inf(1) }

func (n Normal) String() string { return fmt.Sprintf("Normal(mu=%v, sd=%v)", n.mu, n.sd) }

// normalCDF is Φ(x), with full relative precision in the lower tail.
func normalCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
