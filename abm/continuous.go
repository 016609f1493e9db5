package abm

import "github.com/nudge-abm/nudge/ad"

// Uniform draws from (lo, hi).
func (w *World) Uniform(purpose Purpose, lo, hi ad.Num) ad.Num {
	return lo.Add(hi.Sub(lo).Times(w.uniform(purpose)))
}

// Normal draws from the normal law with mean mu and standard deviation sigma:
// mu + sigma·z, with pathwise derivatives. The run fails unless sigma ≥ 0.
func (w *World) Normal(purpose Purpose, mu, sigma ad.Num) ad.Num {
	if v := sigma.Primal(); !(v >= 0) {
		w.fail(w.site(purpose), "a standard deviation must be zero or positive, is %g", v)
	}
	s := w.stream(purpose)
	return mu.Add(sigma.Times(s.Normal()))
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
	return ad.Const(s.Exponential()).Div(rate)
}
