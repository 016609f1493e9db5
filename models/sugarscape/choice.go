package sugarscape

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// look returns which of the cells around its own agent i moves to: that of the most
// sugar among those free in sight, one of equals by its whim.
func (r *run) look(i, own int) (to int) {
	seen := int(r.sees.Values()[i])
	r.cells = r.land.around(r.cells, own, r.scope(seen))
	sugar, bars := r.sugar.Values(), r.bars.Values()
	best := bar
	for k, c := range r.cells[:seen] {
		s := sugar[c] + bars[c]
		r.offers[k] = s
		if s > best {
			best = s
		}
	}
	if r.published && best <= 0 { // all cells of the window score 0
		return int(r.whims[i] * float64(len(r.cells)))
	}
	n := 0
	for k, s := range r.offers[:seen] {
		r.ties[n] = k
		if s == best {
			n++
		}
	}
	if r.nearest {
		n = r.land.sight.alike(r.ties[:n])
	}
	return r.ties[int(r.whims[i]*float64(n))]
}

// scope returns how many of the cells around matter to an agent that sees some:
// with derivatives, and to the published code, all.
func (r *run) scope(seen int) int {
	if r.published || r.w.Arena() != nil {
		return len(r.land.sight.offsets)
	}
	return seen
}

// harvest takes the sugar from the cell chosen and returns it, with derivatives as
// [choice] says if anything has some.
func (r *run) harvest(i, to int) ad.Num {
	cell := int(r.cells[to])
	r.harvested[cell] = int32(r.w.Step())
	gain := ad.Const(r.sugar.Values()[cell])
	if r.sugar.Active() || r.far.Active() || r.alive.Active() {
		far := r.far.At(i)
		mean := r.weigh(int(r.sees.Values()[i]), to, far)
		gain = r.gain(to, far)
		r.deplete(to, far, mean, r.alive.At(i))
	}
	r.sugar.Values()[cell] = 0
	return gain
}

// choice is the derivatives of the choice Z* of a cell: those of the softmax p of
// the scores Z = S·O·M of all cells around,
//
//	dZ*_k = p_k·(dZ_k − Σ_j p_j dZ_j)/τ ,   dZ = O·M·dS + S·O·dM .
//
// M changes with the sight where only the far-sighted see; O is taken as it is.
type choice struct {
	offers []float64 // sugar on the cells in sight, −∞ if barred
	ties   []int     // which offer most

	p       []float64
	bySugar []float64   // dZ/dS
	bySight []float64   // dZ/d far
	weights []float64   // of derivatives in a sum over cells, or of a sum in cells
	kept    []float64   // share of its own derivatives that a cell keeps
	exps    [64]float64 // e^(−k/τ), once asked for
}

func newChoice(n int) choice {
	x := make([]float64, 6*n)
	cut := func(k int) []float64 { return x[k*n : (k+1)*n : (k+1)*n] }
	return choice{offers: cut(0), ties: make([]int, n+1), p: cut(1), bySugar: cut(2), bySight: cut(3), weights: cut(4), kept: cut(5)}
}

// weigh fills in the choice of an agent that sees some of the cells and moves to
// one of them, and returns Σ p_k dZ_k.
func (r *run) weigh(seen, to int, far ad.Num) ad.Num {
	sugar, bars := r.sugar.Values(), r.bars.Values()
	sum, top := 0.0, 0.0
	if to < seen {
		top = max(0, sugar[r.cells[to]]+bars[r.cells[to]])
	}
	inSight := r.land.sight.reach[r.land.sight.far]
	for k, c := range r.cells {
		r.bySugar[k], r.bySight[k] = 0, 0
		score := 0.0
		if bars[c] == 0 {
			if k < seen {
				r.bySugar[k], score = 1, sugar[c]
			}
			if k >= r.near && k < inSight {
				r.bySight[k] = sugar[c]
			}
		}
		r.p[k] = r.odds(top - score)
		sum += r.p[k]
	}
	bySight, share := 0.0, 1/sum
	for k := range r.p {
		r.p[k] *= share
		r.weights[k] = r.p[k] * r.bySugar[k]
		bySight += r.p[k] * r.bySight[k]
	}
	return ad.Combine(0, 1, r.sugar.Gather(0, 1, r.cells, r.weights), bySight, far)
}

// odds is e^(−behind/τ); most differences of scores are whole numbers.
func (r *run) odds(behind float64) float64 {
	k := int(behind)
	if float64(k) != behind || k >= len(r.exps) {
		return math.Exp(-behind * r.sharpness)
	}
	if r.exps[k] == 0 {
		r.exps[k] = math.Exp(-behind * r.sharpness)
	}
	return r.exps[k]
}

// gain returns ⟨Z*, S⟩.
func (r *run) gain(to int, far ad.Num) ad.Num {
	sugar, mean := r.sugar.Values(), 0.0
	for k, c := range r.cells {
		mean += r.p[k] * sugar[c]
	}
	bySight := 0.0
	for k, c := range r.cells {
		slope := r.p[k] * (sugar[c] - mean) * r.sharpness
		r.weights[k] = slope * r.bySugar[k]
		bySight += slope * r.bySight[k]
	}
	r.weights[to]++
	v := sugar[r.cells[to]]
	return ad.Combine(v, 1, r.sugar.Gather(v, 1, r.cells, r.weights), bySight, far)
}

// deplete makes the derivatives of the sugar those of S·(1 − Z*·alive).
func (r *run) deplete(to int, far, mean, alive ad.Num) {
	sugar := r.sugar.Values()
	for k, c := range r.cells {
		slope := sugar[c] * r.p[k] * r.sharpness
		r.kept[k] = 1 - slope*r.bySugar[k]
		r.weights[k], r.bySight[k] = slope, -slope*r.bySight[k]
	}
	r.kept[to]-- // nothing of the sugar itself is left there
	r.sugar.Spread(r.cells, r.kept, r.weights, mean, r.bySight, far)
	r.sugar.Sub(int(r.cells[to]), alive.Chain(0, sugar[r.cells[to]]))
}
