package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// luck caches the uniform numbers of eight neighbouring agents.
type luck struct {
	step  int
	group int
	key   uint64
	u     [8]float64
}

const luckSlots = 8

// uniform returns the uniform number of (purpose, k) at the agent and step.
func (w *World) uniform(p Purpose, k int) float64 {
	c := &w.luck[uint32(p)%luckSlots]
	if c.group != w.agent>>3 || c.step != w.step || c.key != uint64(p)|uint64(k)<<32 {
		w.refill(c, p, k)
	}
	return c.u[w.agent&7]
}

func (w *World) refill(c *luck, p Purpose, k int) {
	c.group, c.step, c.key = w.agent>>3, w.step, uint64(p)|uint64(k)<<32
	w.seed.Octet(w.key(p, k), &c.u)
}

func (w *World) key(p Purpose, k int) rng.Key {
	return rng.Key{Purpose: uint32(p), Index: uint32(k), Agent: w.agent, Step: w.step}
}

// Bernoulli draws 1 with probability p, else 0. The run fails unless 0 ≤ p ≤ 1.
func (w *World) Bernoulli(purpose Purpose, p ad.Num) ad.Num {
	v := p.Primal()
	if !(v >= 0 && v <= 1) {
		w.probability(purpose, 0, v)
	}
	x := 0.0
	if w.uniform(purpose, 0) < v {
		x = 1
	}
	x = w.outcome(purpose, 0, x)
	if !p.Active() {
		return ad.Const(x)
	}
	return w.rule.Bernoulli(w, w.site(purpose, 0), p, x)
}

// Event draws whether something with the given hazard (rate × time) happens:
// Bernoulli with probability 1 − e^−hazard. The run fails unless hazard ≥ 0.
func (w *World) Event(purpose Purpose, hazard ad.Num) ad.Num {
	h := hazard.Primal()
	if !(h >= 0) {
		w.fail(w.site(purpose, 0), "a hazard must be zero or positive, is %g", h)
	}
	u := w.uniform(purpose, 0)
	x := 0.0
	if u < h && u < -math.Expm1(-h) { // the probability is at most h
		x = 1
	}
	x = w.outcome(purpose, 0, x)
	if !hazard.Active() {
		return ad.Const(x)
	}
	p := hazard.Chain(-math.Expm1(-h), math.Exp(-h))
	if !p.Active() { // so certain that its derivative is 0
		return ad.Const(x)
	}
	return w.rule.Bernoulli(w, w.site(purpose, 0), p, x)
}

// Uniform draws from (lo, hi).
func (w *World) Uniform(purpose Purpose, lo, hi ad.Num) ad.Num {
	return lo.Add(hi.Sub(lo).Times(w.uniform(purpose, 0)))
}

// Normal draws from the normal law with mean mu and standard deviation sigma:
// mu + sigma·z, with pathwise derivatives.
func (w *World) Normal(purpose Purpose, mu, sigma ad.Num) ad.Num {
	s := w.seed.Stream(w.key(purpose, 0))
	return mu.Add(sigma.Times(s.Normal()))
}

// Exponential draws from the exponential law with the given rate, with pathwise
// derivatives.
func (w *World) Exponential(purpose Purpose, rate ad.Num) ad.Num {
	s := w.seed.Stream(w.key(purpose, 0))
	return ad.Const(s.Exponential()).Div(rate)
}

// Sample draws k of n indices without replacement, in the order drawn.
func (w *World) Sample(purpose Purpose, n, k int) []int {
	s := w.seed.Stream(w.key(purpose, 0))
	taken := make(map[int]int, 2*k) // sparse Fisher–Yates: place → index there
	at := func(i int) int {
		if v, ok := taken[i]; ok {
			return v
		}
		return i
	}
	picked := make([]int, k)
	for i := range picked {
		j := i + s.IntN(n-i)
		picked[i] = at(j)
		taken[j] = at(i)
	}
	return picked
}
