package gradient

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// stateSlopes takes the slopes of observables in the numbers of agents in each state:
// half the difference that an agent more and one less makes, which is exact for
// observables that are linear in them.
type stateSlopes struct{ before, after, up, down []ad.Num }

// of calls each for every recorded observable of a row and every number of
// agents, before the step or after it, that it changes with.
func (y *stateSlopes) of(p *Problem, t *abm.Trace, row int, each func(observable, state int, before bool, slope float64)) {
	_, observables, _ := p.Shape()
	y.up, y.down = make([]ad.Num, observables), make([]ad.Num, observables)
	y.after, y.before = plain(t.Counts(row)), nil
	if row > 0 {
		y.before = plain(t.Counts(row - 1))
	}
	take := func(count *ad.Num, state int, before bool) {
		*count = count.Plus(1)
		t.Local().Observe(y.up, y.before, y.after)
		*count = count.Plus(-2)
		t.Local().Observe(y.down, y.before, y.after)
		*count = count.Plus(1)
		for c := range observables {
			if slope := (y.up[c].Primal() - y.down[c].Primal()) / 2; slope != 0 && p.records(row, c) {
				each(c, state, before, slope)
			}
		}
	}
	for state := range y.after {
		take(&y.after[state], state, false)
		if row > 0 {
			take(&y.before[state], state, true)
		}
	}
}

// plain returns numbers without derivatives.
func plain(x []float64) []ad.Num {
	y := make([]ad.Num, len(x))
	for i, v := range x {
		y[i] = ad.Const(v)
	}
	return y
}
