package tempering

import "math"

// particle is a point z with what the tempered densities need there.
type particle struct {
	z, pull, slope []float64 // slope is nil if moves are random walks
	logPrior, loss float64
	label          int // of the mode whose scale its moves take
}

// at evaluates the target at z.
func (t Target) at(worker int, z []float64) (p particle, err error) {
	p = particle{z: z, pull: make([]float64, t.Dim)}
	if t.Follows {
		p.slope = make([]float64, t.Dim)
	}
	p.logPrior, p.loss, err = t.Evaluate(worker, z, p.pull, p.slope)
	if !finite(p.logPrior, p.loss) || !finite(p.pull...) || !finite(p.slope...) {
		p.loss = math.Inf(1)
	}
	return p, err
}

// logDensity is the particle's log-density at inverse temperature β > 0.
func (p particle) logDensity(beta float64) float64 { return p.logPrior - beta*p.loss }

// gradient writes the gradient of the log-density.
func (p particle) gradient(dst []float64, beta float64) {
	for k, g := range p.pull {
		dst[k] = g - beta*p.slope[k]
	}
}

// finite reports whether all numbers are.
func finite(x ...float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
