package sugarscape

import "slices"

// sight is what can be seen from a cell: the offsets of the cells in sight, by
// distance, so that those within a radius are the first of them.
type sight struct {
	far     int
	offsets []offset
	shift   []int32 // of the number of a cell, where the torus does not close
	reach   []int   // by radius: how many cells are within
}

// offset is the way to a cell.
type offset struct{ dy, dx, distance int }

// newSight returns the sight up to the radius far on a torus of so many columns.
// If whole, the cells of the square around follow those in sight.
func newSight(shape string, far, columns int, whole bool) sight {
	s := sight{far: far, reach: make([]int, far+1)}
	for dy := -far; dy <= far; dy++ {
		for dx := -far; dx <= far; dx++ {
			if d := distance(shape, dy, dx); d <= far || whole {
				s.offsets = append(s.offsets, offset{dy, dx, d})
			}
		}
	}
	slices.SortStableFunc(s.offsets, func(a, b offset) int { return a.distance - b.distance })
	for _, o := range s.offsets {
		s.shift = append(s.shift, int32(o.dy*columns+o.dx))
		for v := o.distance; v <= far; v++ {
			s.reach[v]++
		}
	}
	return s
}

// alike returns how many of the cells, given by distance, are as near as the first.
func (s *sight) alike(cells []int) int {
	for n, k := range cells {
		if s.offsets[k].distance > s.offsets[cells[0]].distance {
			return n
		}
	}
	return len(cells)
}

// distance returns how far a cell is away in the shape of a sight.
func distance(shape string, dy, dx int) int {
	dy, dx = max(dy, -dy), max(dx, -dx)
	switch {
	case shape == "square":
		return max(dy, dx)
	case shape == "cross" && dy != 0 && dx != 0:
		return unseen
	}
	return dy + dx
}

// unseen is farther than any sight.
const unseen = 1 << 30

// Matrix returns the matrix M_v of the given sight (diamond, square or cross), a
// row for each dy = −widest … widest: 1 where a cell is within the radius, else 0.
func Matrix(shape string, radius, widest int) [][]float64 {
	return window(widest, func(dy, dx int) float64 {
		if distance(shape, dy, dx) <= radius {
			return 1
		}
		return 0
	})
}

// Shifts returns the matrices Dy and Dx of the moves to the cells of a window, in
// the layout of [Matrix].
func Shifts(widest int) (dy, dx [][]float64) {
	dy = window(widest, func(y, _ int) float64 { return float64(y) })
	dx = window(widest, func(_, x int) float64 { return float64(x) })
	return dy, dx
}

func window(widest int, of func(dy, dx int) float64) [][]float64 {
	var m [][]float64
	for dy := -widest; dy <= widest; dy++ {
		var row []float64
		for dx := -widest; dx <= widest; dx++ {
			row = append(row, of(dy, dx))
		}
		m = append(m, row)
	}
	return m
}
