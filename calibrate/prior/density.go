package prior

import "math"

// Density is a probability density on the real line.
type Density interface {
	// LogDensity returns log p(x), normalised, and its derivative in x.
	// Outside the support they are −Inf and 0.
	LogDensity(x float64) (logp, dlogp float64)

	// CDF returns P(X ≤ x).
	CDF(x float64) float64

	// Quantile returns the x with CDF(x) = u. It panics unless 0 ≤ u ≤ 1.
	// Quantile of a uniform number is a draw from the density.
	Quantile(u float64) float64

	// Mean and SD return the expectation and the standard deviation.
	Mean() float64
	SD() float64

	// Support returns the smallest interval that holds all the mass.
	// Bounds may be infinite.
	Support() (lo, hi float64)

	// String returns the density as it is written in a report.
	String() string
}

// Unconstrained is a Density that also knows itself in an unconstrained
// coordinate w, θ = Bijector().Forward(w). Densities implement it where going
// through θ would lose digits (a Beta beside its upper bound) or where the
// natural coordinate is not the one their support suggests (log-uniform).
type Unconstrained interface {
	Density

	// Bijector returns the map from w to θ.
	Bijector() Bijector

	// LogDensityAt returns the log-density of w, that is
	// log p(θ(w)) + log|dθ/dw|, and its derivative in w.
	LogDensityAt(w float64) (logp, dlogp float64)

	// QuantileAt returns the w whose θ is Quantile(u).
	QuantileAt(u float64) float64
}

// Unconstrain returns d with its unconstrained coordinate: its own if it has
// one, otherwise that of the bijector for its support.
func Unconstrain(d Density) Unconstrained {
	if u, ok := d.(Unconstrained); ok {
		return u
	}
	return pulled{d, ForSupport(d.Support())}
}

// pulled is a density pulled back through a bijector.
type pulled struct {
	Density
	bijector Bijector
}

func (p pulled) Bijector() Bijector { return p.bijector }

func (p pulled) LogDensityAt(w float64) (logp, dlogp float64) {
	theta, dtheta, logDet, dlogDet := p.bijector.Forward(w)
	logp, dlogp = p.LogDensity(theta)
	return logp + logDet, dlogp*dtheta + dlogDet
}

func (p pulled) QuantileAt(u float64) float64 {
	return p.bijector.Inverse(p.Quantile(u))
}

// outside is the log-density and derivative off the support.
func outside() (logp, dlogp float64) { return math.Inf(-1), 0 }
