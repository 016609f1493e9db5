package prior

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mathext"
)

// TruncatedNormal is the normal density with mean mu and standard deviation
// sd, restricted to [lo, hi] and renormalised. Either bound may be infinite.
type TruncatedNormal struct {
	parent       Normal
	lo, hi       float64
	below, above float64 // parent's probabilities outside [lo, hi]
	mass         float64 // and inside
	mean, sd     float64
}

// NewTruncatedNormal returns the truncated normal density. It returns an error
// unless mu is finite, sd positive and lo < hi, or if the interval lies so far
// out in a tail that no mass is left in double precision.
func NewTruncatedNormal(mu, sd, lo, hi float64) (Density, error) {
	if err := first(finite("mu", mu), positive("sd", sd), ascending(lo, hi)); err != nil {
		return nil, err
	}
	from, to := (lo-mu)/sd, (hi-mu)/sd
	t := TruncatedNormal{parent: Normal{mu, sd}, lo: lo, hi: hi, below: normalCDF(from), above: normalCDF(-to)}
	if from > 0 { // subtract in the tail that keeps its digits
		t.mass = normalCDF(-from) - t.above
	} else {
		t.mass = normalCDF(to) - t.below
	}
	if t.mass < 1e-280 {
		return nil, fmt.Errorf("the interval from %v to %v holds no mass of a normal with mu=%v and sd=%v", lo, hi, mu, sd)
	}
	t.mean, t.sd = t.moments()
	return t, nil
}

// LogDensity implements [Density].
func (t TruncatedNormal) LogDensity(x float64) (logp, dlogp float64) {
	if !(x >= t.lo && x <= t.hi) {
		return outside()
	}
	logp, dlogp = t.parent.LogDensity(x)
	return logp - math.Log(t.mass), dlogp
}

// CDF implements [Density].
func (t TruncatedNormal) CDF(x float64) float64 {
	x = math.Min(math.Max(x, t.lo), t.hi)
	if x > t.parent.mu {
		return 1 - (normalCDF((t.parent.mu-x)/t.parent.sd)-t.above)/t.mass
	}
	return (t.parent.CDF(x) - t.below) / t.mass
}

// Quantile implements [Density].
func (t TruncatedNormal) Quantile(u float64) float64 {
	wantProbability(u)
	switch u {
	case 0:
		return t.lo
	case 1:
		return t.hi
	}
	score := mathext.NormalQuantile(math.Min(t.below+u*t.mass, 0.5))
	if score == 0 { // the upper half: count from above
		score = -mathext.NormalQuantile(math.Min(t.above+(1-u)*t.mass, 0.5))
	}
	x := t.parent.mu + t.parent.sd*score
	return math.Min(math.Max(x, t.lo), t.hi) // rounding only
}

// Mean implements [Density].
func (t TruncatedNormal) Mean() float64 { return t.mean }

// SD implements [Density].
func (t TruncatedNormal) SD() float64 { return t.sd }

// Support implements [Density].
func (t TruncatedNormal) Support() (lo, hi float64) { return t.lo, t.hi }

func (t TruncatedNormal) String() string {
	return fmt.Sprintf("TruncatedNormal(mu=%v, sd=%v, lo=%v, hi=%v)", t.parent.mu, t.parent.sd, t.lo, t.hi)
}

// moments integrates mean and standard deviation over all but 2e-15 of the
// mass. The closed forms cancel for narrow intervals and far tails.
func (t TruncatedNormal) moments() (mean, sd float64) {
	from, to := t.Quantile(1e-15), t.Quantile(1-1e-15)
	moment := func(f func(x float64) float64) float64 {
		return quad.Fixed(func(x float64) float64 {
			logp, _ := t.LogDensity(x)
			return f(x) * math.Exp(logp)
		}, from, to, 100, quad.Legendre{}, 0)
	}
	mean = from + moment(func(x float64) float64 { return x - from })
	return mean, math.Sqrt(moment(func(x float64) float64 { return (x - mean) * (x - mean) }))
}
