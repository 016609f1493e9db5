package calibrate

import (
	"fmt"
	"math"
	"slices"
)

// Aggregate says how the rows of a run since the last observation make one
// observation.
type Aggregate string

// The aggregates.
const (
	Last Aggregate = "last" // the level in the observation's own row
	Sum  Aggregate = "sum"  // the total of the rows since the last observation: incidence
	Mean Aggregate = "mean" // the mean of those rows
)

// Aggregates lists every aggregate.
func Aggregates() []Aggregate { return []Aggregate{Last, Sum, Mean} }

// Grid maps the series of a run onto the times and columns of the data.
type Grid struct {
	Rows        []int       // row of the run at each observation time, ascending
	Observables []int       // index of the observable behind each column
	Aggregates  []Aggregate // one a column
	Factor      []float64   // one a column: observation = Factor · aggregate
	Groups      []int       // one a column: index of the group it observes; nil without groups
}

// columnsOf returns the columns that observe a group.
func (g *Grid) columnsOf(group int) []int {
	var columns []int
	for c := range g.Observables {
		if g.Groups == nil || g.Groups[c] == group {
			columns = append(columns, c)
		}
	}
	return columns
}

// Of returns the grid of the columns that observe a group; without groups all do.
func (g *Grid) Of(group int) Grid {
	some := Grid{Rows: g.Rows}
	for _, c := range g.columnsOf(group) {
		some.Observables = append(some.Observables, g.Observables[c])
		some.Aggregates = append(some.Aggregates, g.Aggregates[c])
		some.Factor = append(some.Factor, g.Factor[c])
	}
	return some
}

// RowAt returns the row of a run that belongs to a time, for rows that are dt
// apart and row 0 at time start. The error says why there is none.
func RowAt(time, start, dt float64, rows int) (int, error) {
	exact := (time - start) / dt
	row := math.Round(exact)
	if math.Abs(exact-row) > 1e-6*math.Max(1, math.Abs(exact)) {
		return 0, fmt.Errorf("time %g does not fall on a step: steps are %g apart and begin at %g", time, dt, start)
	}
	if row < 0 {
		return 0, fmt.Errorf("time %g lies before the run begins at %g", time, start)
	}
	if int(row) >= rows {
		return 0, fmt.Errorf("time %g lies beyond the run, which ends at %g; raise steps to at least %d",
			time, start+float64(rows-1)*dt, int(row)+1)
	}
	return int(row), nil
}

// Needed returns the observables and rows that a run has to record.
func (g *Grid) Needed() (observables, rows []int) {
	observables = slices.Compact(slices.Sorted(slices.Values(g.Observables)))
	if slices.ContainsFunc(g.Aggregates, func(a Aggregate) bool { return a != Last }) {
		for r := range g.Rows[len(g.Rows)-1] + 1 {
			rows = append(rows, r)
		}
		return observables, rows
	}
	return observables, g.Rows
}

// span returns the rows first … last that make observation t of column c, and
// the weight of each.
func (g *Grid) span(t, c int) (first, last int, weight float64) {
	last = g.Rows[t]
	switch first = 0; {
	case g.Aggregates[c] == Last:
		return last, last, g.Factor[c]
	case t > 0:
		first = g.Rows[t-1] + 1
	}
	if g.Aggregates[c] == Mean {
		return first, last, g.Factor[c] / float64(last-first+1)
	}
	return first, last, g.Factor[c]
}

// Observe writes what is observed of a run's series (T × C of the model, row by
// row) into dst (nil: allocate), observation times × columns.
func (g *Grid) Observe(dst, series []float64, observables int) []float64 {
	dst = dst[:0]
	for t := range g.Rows {
		for c, o := range g.Observables {
			first, last, weight := g.span(t, c)
			sum := 0.0
			for r := first; r <= last; r++ {
				sum += series[r*observables+o]
			}
			dst = append(dst, weight*sum)
		}
	}
	return dst
}

// Push writes to dst, T × C of the model, the adjoint of a run's series that the
// adjoint of its observations gives.
func (g *Grid) Push(dst, adjoint []float64, observables int) {
	clear(dst)
	for t := range g.Rows {
		for c, o := range g.Observables {
			first, last, weight := g.span(t, c)
			for r := first; r <= last; r++ {
				dst[r*observables+o] += weight * adjoint[t*len(g.Observables)+c]
			}
		}
	}
}

// Pull adds to grad the gradient that the adjoint of the observations gives
// through a run's Jacobian (T × C × P).
func (g *Grid) Pull(grad, adjoint, jacobian []float64, observables int) {
	p := len(grad)
	for t := range g.Rows {
		for c, o := range g.Observables {
			a := adjoint[t*len(g.Observables)+c]
			if a == 0 {
				continue
			}
			first, last, weight := g.span(t, c)
			for r := first; r <= last; r++ {
				row := jacobian[(r*observables+o)*p:][:p]
				for k, j := range row {
					grad[k] += a * weight * j
				}
			}
		}
	}
}
