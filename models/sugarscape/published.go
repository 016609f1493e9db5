package sugarscape

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// publishedTurn is the turn of agent i in the published code. It cannot stay on its
// cell. Whether it survives is asked of what it held before it ate, and h = 0 is
// enough. The cell it dies on stays taken for a step; from then on it sits in the
// last cell, which it keeps free.
func (r *run) publishedTurn(i int) {
	own := int(r.at.Values()[i])
	if r.alive.Values()[i] == 0 {
		if own != nowhere {
			r.rise(i)
			r.at.Values()[i] = nowhere
		}
		r.bars.Values()[r.bars.Len()-1] = 0
		return
	}
	to := r.look(i, own)
	gain := r.harvest(i, to)
	r.rise(i)
	r.stand(i, int(r.cells[to]))
	before, alive := r.wealth.At(i), r.alive.At(i)
	r.wealth.Set(i, before.Add(gain.Sub(r.eats.At(i)).Mul(alive)))
	r.alive.Set(i, alive.Mul(abm.Greater(ad.Num{}, before, r.survival).Not()))
}
