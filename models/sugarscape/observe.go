package sugarscape

import (
	"cmp"
	"slices"

	"github.com/nudge-abm/nudge/ad"
)

// observe records the row.
func (r *run) observe() {
	w, n := r.w, float64(r.n)
	alive := r.alive.Sum()
	w.Observe(holdings, r.wealth.Sum().Times(1/n))
	w.Observe(living, alive.Times(1/n))
	w.Observe(population, alive)
	if alive.Primal() == 0 {
		return
	}
	if w.Wants(holdingsOfLiving) {
		w.Observe(holdingsOfLiving, r.held().Div(alive))
	}
	if w.Wants(gini) {
		w.Observe(gini, r.gini(alive))
	}
}

// held returns what the agents alive hold together.
func (r *run) held() ad.Num {
	h, a := r.wealth.Values(), r.alive.Values()
	sum := 0.0
	for i, v := range h {
		sum += v * a[i]
	}
	return ad.Combine(sum, 1, r.wealth.Gather(0, 1, r.everyone, a), 1, r.alive.Gather(0, 1, r.everyone, h))
}

// ranking is what Gini coefficients are calculated in.
type ranking struct {
	everyone       []int32
	ranked         []int32
	sorted         []float64
	slopeH, slopeA []float64
}

func newRanking(n int) ranking {
	k := ranking{everyone: make([]int32, n), slopeH: make([]float64, n), slopeA: make([]float64, n)}
	for i := range k.everyone {
		k.everyone[i] = int32(i)
	}
	return k
}

// gini returns G = D/(2·n·H) with D = Σ_i Σ_j a_i·a_j·|h_i − h_j| over all pairs, n
// agents alive and H held by them: D is 2·Σ_k (2k − n − 1)·h_k in order of h.
func (r *run) gini(alive ad.Num) ad.Num {
	h, a := r.wealth.Values(), r.alive.Values()
	r.sorted = r.sorted[:0]
	for i, v := range h {
		if a[i] != 0 {
			r.sorted = append(r.sorted, v)
		}
	}
	slices.Sort(r.sorted)
	n, held, spread := float64(len(r.sorted)), 0.0, 0.0
	for k, v := range r.sorted {
		held += v
		spread += 2 * (2*float64(k) + 1 - n) * v
	}
	if held <= 0 {
		return ad.Num{}
	}
	g := spread / (2 * n * held)
	if !r.wealth.Active() && !r.alive.Active() {
		return ad.Const(g)
	}
	r.slopes()
	d := ad.Combine(0, 1, r.wealth.Gather(0, 1, r.everyone, r.slopeH), 1, r.alive.Gather(0, 1, r.everyone, r.slopeA))
	d = ad.Combine(g, 1/(2*n*held), d, -g/n, alive)
	return ad.Combine(g, 1, d, -g/held, r.held())
}

// slopes fills in dD/dh_i = 2·a_i·Σ_j a_j·sign(h_i − h_j) and
// dD/da_i = 2·Σ_j a_j·|h_i − h_j|.
func (r *run) slopes() {
	h, a := r.wealth.Values(), r.alive.Values()
	r.ranked = append(r.ranked[:0], r.everyone...)
	slices.SortFunc(r.ranked, func(i, j int32) int { return cmp.Compare(h[i], h[j]) })
	total, all := 0.0, 0.0
	for i, v := range a {
		total += v
		all += v * h[i]
	}
	below, under := 0.0, 0.0 // agents alive that hold less, and what they hold
	for _, i := range r.ranked {
		above, over := total-below-a[i], all-under-a[i]*h[i]
		r.slopeH[i] = 2 * a[i] * (below - above)
		r.slopeA[i] = 2 * (h[i]*(below-above) + over - under)
		below += a[i]
		under += a[i] * h[i]
	}
}
