package gradient

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// resampleRule leaves every draw plain and chooses on the way which are drawn
// anew: each spacing-th, from a random offset on.
type resampleRule struct {
	spacing float64
	sites   float64 // so far
	next    float64 // where the next is chosen

	chosen  []resampled
	weights []float64 // chosen × active

	before, after []float64 // scores of one site
}

// resampled is a site with the value drawn anew.
type resampled struct {
	at    abm.Site
	value float64
}

// offsets is the purpose of the random offset; models' purposes are small.
const offsets = 0x0FF5E7

func (r *resampleRule) begin(luck rng.Seed) {
	r.sites, r.chosen, r.weights = 0, r.chosen[:0], r.weights[:0]
	r.next = r.spacing * luck.Uniform(rng.Key{Purpose: offsets, Agent: -1})
}

// Plain marks that draws stay plain.
func (*resampleRule) Plain() {}

func (r *resampleRule) Bernoulli(w *abm.World, at abm.Site, p ad.Num, x float64) ad.Num {
	if r.chooses() {
		other, s := 0.0, w.LuckStream(at)
		if s.Uniform() < p.Primal() {
			other = 1
		}
		if other != x {
			r.score(w, r.before, bernoulliSlope(p, x), p)
			r.score(w, r.after, bernoulliSlope(p, other), p)
			r.keep(at, other)
		}
	}
	return ad.Const(x)
}

// bernoulliSlope is d log P(X = x)/dp.
func bernoulliSlope(p ad.Num, x float64) float64 { return 1 / (p.Primal() - (1 - x)) }

func (r *resampleRule) Categorical(w *abm.World, at abm.Site, p, onehot []ad.Num) {
	if !r.chooses() {
		return
	}
	s := w.LuckStream(at)
	x, other := drawn(onehot), again(&s, p)
	if other != x {
		r.score(w, r.before, 1/p[x].Primal(), p[x])
		r.score(w, r.after, 1/p[other].Primal(), p[other])
		r.keep(at, float64(other))
	}
}

// again draws a category with probability proportional to p.
func again(s *rng.Stream, p []ad.Num) int {
	sum := 0.0
	for _, q := range p {
		sum += q.Primal()
	}
	u, last := s.Uniform()*sum, 0
	for k, q := range p {
		if q.Primal() == 0 {
			continue
		}
		last = k
		if u -= q.Primal(); u < 0 {
			break
		}
	}
	return last
}

func (r *resampleRule) Count(w *abm.World, at abm.Site, law abm.Law, x float64) ad.Num {
	if r.chooses() {
		s := w.LuckStream(at)
		if other := law.Quantile(s.Uniform()); other != x {
			r.score(w, r.before, law.Score(x), law.Parameter())
			r.score(w, r.after, law.Score(other), law.Parameter())
			r.keep(at, other)
		}
	}
	return ad.Const(x)
}

func (r *resampleRule) Continuous(w *abm.World, at abm.Site, density abm.Density, x ad.Num) ad.Num {
	if r.chooses() {
		s := w.LuckStream(at)
		r.score(w, r.before, 1, density.Score())
		other := density.Redraw(&s)
		r.score(w, r.after, 1, density.Score())
		r.keep(at, other)
	}
	return x.Detach()
}

// chooses reports whether the site at hand is to be drawn anew.
func (r *resampleRule) chooses() bool {
	r.sites++
	if r.next >= r.sites {
		return false
	}
	r.next += r.spacing
	return true
}

// score makes dst the derivatives slope·dq.
func (r *resampleRule) score(w *abm.World, dst []float64, slope float64, q ad.Num) {
	w.Arena().Tangents(dst, q)
	for k := range dst {
		dst[k] *= slope
	}
}

// keep notes the value drawn anew with its weight, half the difference of the
// scores by the probability of being chosen.
func (r *resampleRule) keep(at abm.Site, value float64) {
	r.chosen = append(r.chosen, resampled{at, value})
	for k, v := range r.after {
		r.weights = append(r.weights, r.spacing/2*(v-r.before[k]))
	}
}
