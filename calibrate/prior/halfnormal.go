package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// HalfNormal is the density of |sd·Z|, Z standard normal. Its own standard
// deviation is sd·√(1−2/π).
type HalfNormal struct{ parent Normal }

// NewHalfNormal returns the half-normal density. It returns an error unless sd
// is positive.
func NewHalfNormal(sd float64) (Density, error) {
	if err := positive("sd", sd); err != nil {
		return nil, err
	}
	return HalfNormal{Normal{0, sd}}, nil
}

// LogDensity implements [Density].
func (h HalfNormal) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= 0) {
		return outside()
	}
	logp, dlogp = h.parent.LogDensity(x)
	return logp + math.Ln2, dlogp
}

// CDF implements [Density].
func (h HalfNormal) CDF(x float64) float64 {
	return math.Erf(math.Max(x, 0) / h.parent.sd / math.Sqrt2)
}

// Quantile implements [Density].
func (h HalfNormal) Quantile(u float64) float64 {
	wantProbability(u)
	if u < 0.5 {
		return h.parent.sd * math.Sqrt2 * math.Erfinv(u) // keeps the digits of small u
	}
	return -h.parent.sd * mathext.NormalQuantile(0.5*(1-u))
}

// Mean implements [Density].
func (h HalfNormal) Mean() float64 { return h.parent.sd * math.Sqrt(2/math.Pi) }

// SD implements [Density].
func (h HalfNormal) SD() float64 { return h.parent.sd * math.Sqrt(1-2/math.Pi) }

// Support implements [Density].
func (h HalfNormal) Support() (lo, hi float64) { return 0, math.Inf(1) }

func (h HalfNormal) String() string { return fmt.Sprintf("HalfNormal(sd=%v)", h.parent.sd) }
