package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// region is a place from which on temporary numbers are released together.
type region struct{ rows, numbers int }

// mark opens a region: release frees the temporary numbers made since.
func (w *World) mark() region {
	if w.arena == nil {
		return region{numbers: w.pool.used}
	}
	return region{w.arena.Mark(), w.pool.used}
}

func (w *World) release(r region) {
	if w.arena != nil || w.audit != nil {
		w.forget(r)
	}
	w.pool.used = r.numbers
}

// forget is the part of release that plain runs do without.
func (w *World) forget(r region) {
	if w.audit != nil {
		w.pool.poison(r.numbers)
	}
	if w.arena != nil {
		w.arena.Release(r.rows)
	}
}

// pool lends slices of numbers for an agent's turn.
type pool struct {
	numbers []ad.Num
	used    int
}

// slice returns n numbers to be overwritten; a slice lent earlier keeps its
// place when the pool grows.
func (p *pool) slice(n int) []ad.Num {
	from := p.used
	p.used += n
	if p.used > len(p.numbers) {
		p.numbers = make([]ad.Num, 2*p.used)
	}
	return p.numbers[from:p.used:p.used]
}

// poison makes the numbers from a place on such that late use shows.
func (p *pool) poison(from int) {
	for i := from; i < min(p.used, len(p.numbers)); i++ {
		p.numbers[i] = ad.Const(math.NaN())
	}
}
