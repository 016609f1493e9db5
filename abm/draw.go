package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// Bernoulli draws 1 with probability p, else 0. The run fails unless 0 ≤ p ≤ 1.
func (w *World) Bernoulli(purpose Purpose, p ad.Num) ad.Num {
	v := p.Primal()
	if !(v >= 0 && v <= 1) {
		w.probability(purpose, v)
	}
	x := 0.0
	if v > 0 && w.uniform(purpose) < v { // what is impossible needs no luck
		x = 1
	}
	x = w.outcome(purpose, x)
	if !p.Active() || w.events && x == 0 {
		return ad.Const(x)
	}
	return w.rule.Bernoulli(w, w.site(purpose), p, x)
}

// Event draws whether something with the given hazard (rate × time) happens:
// Bernoulli with probability 1 − e^−hazard. The run fails unless hazard ≥ 0.
func (w *World) Event(purpose Purpose, hazard ad.Num) ad.Num {
	h := hazard.Primal()
	if !(h >= 0) {
		w.fail(w.site(purpose), "a hazard must be zero or positive, is %g", h)
	}
	x := 0.0
	if h > 0 {
		if u := w.uniform(purpose); u < h && u < -math.Expm1(-h) { // the probability is at most h
			x = 1
		}
	}
	x = w.outcome(purpose, x)
	if !hazard.Active() || w.events && x == 0 {
		return ad.Const(x)
	}
	p := hazard.Chain(-math.Expm1(-h), math.Exp(-h))
	if !p.Active() { // so certain that its derivative is 0
		return ad.Const(x)
	}
	return w.rule.Bernoulli(w, w.site(purpose), p, x)
}

// Sample draws k of n indices without replacement, in the order drawn. The run
// fails unless 0 ≤ k ≤ n.
func (w *World) Sample(purpose Purpose, n, k int) []int {
	if k < 0 || k > n {
		w.fail(w.site(purpose), "a sample must have from none to all of %d, not %d", n, k)
	}
	s := w.stream(purpose)
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
