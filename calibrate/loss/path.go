package loss

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// paths turns trajectories into paths of points, stored one after the other: a
// first point at the data's mean, then one for each row with an observation. In
// a column that was not observed there, a point lies between the observed ones
// before and after, as a straight line has it; beyond the first and last it is
// like them. Columns are centred and scaled by the data; the time, from 0 to 1,
// comes last unless it is left out.
type paths struct {
	points, dim    int
	cells          []weighted // of every point but the first and every column
	centre, weight []float64  // one a column: mean and 1/scale
	times          []float64  // of every point, nil if left out
}

// weighted is a mean of two cells of a trajectory.
type weighted struct {
	before, after int
	share         float64 // of after
}

// newPaths returns how trajectories become paths.
func newPaths(data Data, scales []float64, timed bool) *paths {
	p := &paths{points: 1, dim: data.Columns}
	var rows []int
	for row := range data.Rows {
		for c := range data.Columns {
			if !math.IsNaN(data.Values[row*data.Columns+c]) {
				rows = append(rows, row)
				break
			}
		}
	}
	p.points += len(rows)
	for _, row := range rows {
		for c := range data.Columns {
			p.cells = append(p.cells, data.between(row, c))
		}
	}
	for c, s := range scales {
		p.centre, p.weight = append(p.centre, stat.Mean(data.column(c), nil)), append(p.weight, 1/s)
	}
	if timed {
		p.dim++
		p.times = []float64{0}
		first, last := rows[0], rows[len(rows)-1]
		for _, row := range rows {
			p.times = append(p.times, float64(row-first+1)/float64(last-first+1))
		}
	}
	return p
}

// between returns the observed cells of a column around a row.
func (d Data) between(row, column int) weighted {
	nearest := func(step int) int {
		for r := row; r >= 0 && r < d.Rows; r += step {
			if i := r*d.Columns + column; !math.IsNaN(d.Values[i]) {
				return i
			}
		}
		return -1
	}
	before, after := nearest(-1), nearest(1)
	switch {
	case before < 0:
		return weighted{after, after, 0}
	case after < 0 || after == before:
		return weighted{before, before, 0}
	}
	return weighted{before, after, float64(row-before/d.Columns) / float64((after-before)/d.Columns)}
}

// of returns the path of a trajectory.
func (p *paths) of(run []float64) []float64 {
	path := make([]float64, p.points*p.dim)
	columns := len(p.centre)
	for k, cell := range p.cells {
		c := k % columns
		x := (1-cell.share)*run[cell.before] + cell.share*run[cell.after]
		path[(1+k/columns)*p.dim+c] = (x - p.centre[c]) * p.weight[c]
	}
	for i, t := range p.times {
		path[(i+1)*p.dim-1] = t
	}
	return path
}

// push adds the adjoint of a trajectory, given that of its path.
func (p *paths) push(adjoint, path []float64) {
	columns := len(p.centre)
	for k, cell := range p.cells {
		c := k % columns
		bar := path[(1+k/columns)*p.dim+c] * p.weight[c]
		adjoint[cell.before] += (1 - cell.share) * bar
		adjoint[cell.after] += cell.share * bar
	}
}
