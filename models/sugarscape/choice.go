package sugarscape

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// look returns which of the cells around agent i it moves to: that of the most
// sugar among those free in sight, one of equals by its whim. The cells are
// r.cells afterwards.
func (r *run) look(i, own int) (to int) {
	seen := int(r.sees.Values()[i])
	r.cells = r.land.around(r.cells, own, r.scope(seen))
	sugar, free := r.sugar.Values(), r.free.Values()
	best, n := -1.0, 0
	for k, c := range r.cells[:seen] {
		s := sugar[c]
		if s < best || free[c] == 0 {
			continue
		}
		if s > best {
			best, n = s, 0
		}
		r.ties[n] = int32(k)
		n++
	}
	if r.published && best <= 0 { // all cells of the window score 0
		return int(r.whims[i] * float64(len(r.cells)))
	}
	return int(r.ties[int(r.whims[i]*float64(n))])
}

// scope returns how many of the cells around matter to an agent that sees some:
// with derivatives, and to the published code, all.
func (r *run) scope(seen int) int {
	if r.published || r.w.Arena() != nil {
		return len(r.land.sight.offsets)
	}
	return seen
}

// harvest takes the sugar from the cell chosen and returns it. The derivatives are
// those of the softmax over all cells around, of the scores Z = S·O·M:
//
//	gain = ⟨Z*, S⟩ ,   s ← s·(1 − Z*·alive) ,   dZ*_k = p_k·(dZ_k − Σ_j p_j dZ_j)/τ .
func (r *run) harvest(i, to int) ad.Num {
	cell := int(r.cells[to])
	r.harvested[cell] = r.w.Step()
	if !r.sugar.Active() && !r.far.Active() && !r.alive.Active() {
		gain := r.sugar.Values()[cell]
		r.sugar.Values()[cell] = 0
		return ad.Const(gain)
	}
	alive, far := r.alive.At(i), r.far.At(i)
	r.weigh(r, int(r.sees.Values()[i]), to)
	mean := ad.Combine(0, 1, r.sugar.Gather(0, 1, r.cells, r.forMean), r.farForMean, far)
	gain := r.sugar.Gather(r.sugar.Values()[cell], 1, r.cells, r.forGain)
	gain = ad.Combine(gain.Primal(), 1, gain, r.farForGain, far)
	for k, c := range r.cells {
		if r.taken[k] == 0 {
			continue
		}
		s := r.sugar.At(int(c))
		left := ad.Combine(s.Primal(), r.taken[k], mean, -r.taken[k]*r.bySight[k], far)
		if k == to {
			left = ad.Combine(0, 1, left, -s.Primal(), alive)
			left = ad.Combine(0, 1, left, -r.taken[k]*r.bySugar[k], s)
		} else if s.Active() {
			left = ad.Combine(s.Primal(), 1, left, 1-r.taken[k]*r.bySugar[k], s)
		}
		r.sugar.Set(int(c), left)
	}
	r.sugar.Values()[cell] = 0
	return gain
}

// softmax is the softmax of one choice and what follows from it, cell by cell.
type softmax struct {
	cells   []int32
	p       []float64
	bySugar []float64 // dZ/dS = O·M
	bySight []float64 // dZ/d far = S·O where only the far-sighted see, else 0
	taken   []float64 // S·p/τ: what is taken changes by that times dZ − mean dZ

	forMean, forGain       []float64 // weights of the derivatives of the sugar
	farForMean, farForGain float64   // and of those of the sight
}

func newSoftmax(n int) softmax {
	x := make([]float64, 6*n)
	cut := func(k int) []float64 { return x[k*n : (k+1)*n : (k+1)*n] }
	return softmax{cells: make([]int32, n), p: cut(0), bySugar: cut(1), bySight: cut(2), taken: cut(3), forMean: cut(4), forGain: cut(5)}
}

// weigh fills in the softmax for an agent that sees some of the cells and moves to
// one of them.
func (m *softmax) weigh(r *run, seen, to int) {
	sugar, free := r.sugar.Values(), r.free.Values()
	top := 0.0
	if to < seen {
		top = sugar[m.cells[to]] * free[m.cells[to]]
	}
	sum, mean := 0.0, 0.0
	last, e := top, 1.0
	for k, c := range m.cells {
		s, o := sugar[c], free[c]
		m.bySugar[k], m.bySight[k] = 0, 0
		if k < seen {
			m.bySugar[k] = o
		}
		if k >= r.near && k < r.land.sight.reach[r.land.sight.far] {
			m.bySight[k] = s * o
		}
		if z := s * m.bySugar[k]; z != last {
			last, e = z, math.Exp((z-top)/r.temperature)
		}
		m.p[k] = e
		sum += e
		mean += e * s
	}
	mean /= sum
	m.farForMean, m.farForGain = 0, 0
	for k, c := range m.cells {
		s, p := sugar[c], m.p[k]/sum
		m.p[k], m.taken[k] = p, s*p/r.temperature
		gain := (s - mean) * p / r.temperature
		m.forMean[k], m.forGain[k] = p*m.bySugar[k], gain*m.bySugar[k]
		m.farForMean += p * m.bySight[k]
		m.farForGain += gain * m.bySight[k]
	}
	m.forGain[to]++
}
