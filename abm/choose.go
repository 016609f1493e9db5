package abm

import "github.com/nudge-abm/nudge/ad"

// Choose draws alternative k with the logit probability
//
//	p_k = e^{u_k/temperature} / Σ_j e^{u_j/temperature}
//
// of its utility u_k, by inversion in the given order (McFadden, 1974). The
// temperature is the scale of the utilities' Gumbel noise: at small ones the best
// alternative is chosen, at large ones any. A utility of −∞ excludes an
// alternative. The run fails unless the temperature is positive, no utility is
// NaN and the largest is finite.
func (w *World) Choose(purpose Purpose, utilities []ad.Num, temperature ad.Num) Choice {
	w.positive(purpose, "the temperature of a choice", temperature.Primal())
	top, wrong := largest("utility", utilities)
	if wrong != "" {
		w.fail(w.site(purpose), "%s", string(wrong))
	}
	z, p := w.pool.slice(len(utilities)), w.pool.slice(len(utilities))
	for k, u := range utilities {
		z[k] = u.Div(temperature)
	}
	softmax(p, z, top)
	return w.choice(purpose, p, 1)
}
