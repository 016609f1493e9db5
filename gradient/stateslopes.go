package gradient

import "github.com/nudge-abm/nudge/abm"

// stateSlopes takes the slopes of observables in the numbers of agents in each state:
// half the difference that an agent more and one less makes, which is exact for
// observables that are linear in them.
type stateSlopes struct{ before, after, up, down []float64 }

// of calls each for every recorded observable of a row and every number of
// agents, before the step or after it, that it changes with.
func (y *stateSlopes) of(p *Problem, t *abm.Trace, row int, each func(observable, state int, before bool, slope float64)) {
	_, observables, _ := p.Shape()
	y.up, y.down = resize(y.up, observables), resize(y.down, observables)
	y.after, y.before = append(y.after[:0], t.Counts(row)...), nil
	if row > 0 {
		y.before = append([]float64{}, t.Counts(row-1)...)
	}
	take := func(count *float64, state int, before bool) {
		*count++
		t.Local().Observe(y.up, y.before, y.after)
		*count -= 2
		t.Local().Observe(y.down, y.before, y.after)
		*count++
		for c := range observables {
			if slope := (y.up[c] - y.down[c]) / 2; slope != 0 && p.records(row, c) {
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
