package abm

import "github.com/nudge-abm/nudge/ad"

// row makes the observables of a row of a [Local] model from plain numbers of
// agents.
type row struct{ out, before, now []ad.Num }

func newRow(observables, states int) row {
	return row{make([]ad.Num, observables), make([]ad.Num, states), make([]ad.Num, states)}
}

// observe returns the observables of a row, until it is called again. In the first
// row before is nil.
func (r *row) observe(l *Local, before, now []float64) []ad.Num {
	clear(r.out)
	earlier := r.before
	if before == nil {
		earlier = nil
	}
	for s, n := range before {
		earlier[s] = ad.Const(n)
	}
	for s, n := range now {
		r.now[s] = ad.Const(n)
	}
	l.Observe(r.out, earlier, r.now)
	return r.out
}
