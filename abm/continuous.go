package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Uniform draws from (lo, hi). The run fails unless lo ≤ hi.
func (w *World) Uniform(purpose Purpose, lo, hi ad.Num) ad.Num {
	if a, b := lo.Primal(), hi.Primal(); !(a <= b) {
		w.fail(w.site(purpose), "a uniform law needs an interval, not one from %g to %g", a, b)
	}
	return lo.Add(hi.Sub(lo).Times(w.uniform(purpose)))
}

// Normal draws from the normal law with mean mu and standard deviation sigma:
// mu + sigma·z, with pathwise derivatives. The run fails unless sigma ≥ 0.
func (w *World) Normal(purpose Purpose, mu, sigma ad.Num) ad.Num {
	if v := sigma.Primal(); !(v >= 0) {
		w.fail(w.site(purpose), "a standard deviation must be zero or positive, is %g", v)
	}
	s := w.stream(purpose)
	w.laws.normal = normal{mu: mu, sigma: sigma, z: s.Normal()}
	return w.continuous(purpose, &w.laws.normal, mu.Add(sigma.Times(w.laws.normal.z)), mu, sigma)
}

// normal is the normal law at mu + sigma·z.
type normal struct {
	mu, sigma ad.Num
	z         float64
}

// Score has d log f = z/σ·dμ + (z²−1)/σ·dσ.
func (n *normal) Score() ad.Num {
	s := n.sigma.Primal()
	return ad.Combine(0, n.z/s, n.mu, (n.z*n.z-1)/s, n.sigma)
}

// Redraw draws z anew.
func (n *normal) Redraw(s *rng.Stream) float64 {
	n.z = s.Normal()
	return n.mu.Primal() + n.sigma.Primal()*n.z
}

// LogNormal draws e^z of the normal draw z with mean mu and standard deviation
// sigma; see [World.Normal].
func (w *World) LogNormal(purpose Purpose, mu, sigma ad.Num) ad.Num {
	return w.Normal(purpose, mu, sigma).Exp()
}

// Exponential draws from the exponential law with the given rate, with pathwise
// derivatives. The run fails unless the rate is positive.
func (w *World) Exponential(purpose Purpose, rate ad.Num) ad.Num {
	w.positive(purpose, "the rate of an exponential law", rate.Primal())
	s := w.stream(purpose)
	w.laws.exponential = exponential{rate: rate, unit: s.Exponential()}
	return w.continuous(purpose, &w.laws.exponential, ad.Const(w.laws.exponential.unit).Div(rate), rate, ad.Num{})
}

// exponential is the exponential law at unit/rate.
type exponential struct {
	rate ad.Num
	unit float64
}

// Score has d log f = (1−unit)/rate·d rate.
func (e *exponential) Score() ad.Num { return e.rate.Chain(0, (1-e.unit)/e.rate.Primal()) }

// Redraw draws unit anew.
func (e *exponential) Redraw(s *rng.Stream) float64 {
	e.unit = s.Exponential()
	return e.unit / e.rate.Primal()
}
