package abm

// backward lets the adjoint of the series flow back to the parameters. It
// reports false if steps do not come out the same when they are made again.
func (r *Reverse) backward(adjoint []float64) (same bool) {
	r.adjoint = r.adjoint[:0]
	r.extend(r.bottom)
	to := r.w.rows
	for k := len(r.begins) - 1; k >= 0; k-- {
		if r.recorded != k && !r.again(k) {
			return false
		}
		r.sweep(k, adjoint)
		to = r.begins[k]
	}
	r.plant(0, to, adjoint)
	r.w.arena.BackwardTo(r.adjoint, 0)
	r.noting.report(r.adjoint, true)
	return true
}

// sweep lets the adjoints of a segment's rows and those carried from the end of
// the segment flow back to where it begins and to the bottom of the tape.
func (r *Reverse) sweep(segment int, adjoint []float64) {
	r.extend(r.w.arena.Nodes())
	from, to := r.rows(segment)
	r.plant(from, to, adjoint)
	if to < r.w.rows {
		for i, c := range r.columns {
			c.Seed(r.adjoint, r.carried[i])
		}
	}
	r.w.arena.BackwardTo(r.adjoint, r.leaves)
	r.carry(segment)
	r.noting.report(r.adjoint, false)
	r.adjoint = r.adjoint[:r.bottom]
}

// plant adds the adjoints of the series in the rows from … to−1.
func (r *Reverse) plant(from, to int, adjoint []float64) {
	for e := range r.entries(from, to) {
		r.w.arena.Seed(r.adjoint, r.w.out.At(e), adjoint[e])
	}
}

// carry takes over the adjoints of the state where a segment begins.
func (r *Reverse) carry(segment int) {
	for len(r.carried) < len(r.columns) {
		r.carried = append(r.carried, nil)
	}
	for i, c := range r.columns {
		if len(r.carried[i]) != c.Len() {
			r.carried[i] = make([]float64, c.Len())
		}
		r.checkpoints[segment][i].Adjoints(r.carried[i], r.adjoint)
	}
}

// extend makes room for the adjoints of n nodes; new ones are zero.
func (r *Reverse) extend(n int) {
	old := len(r.adjoint)
	if n > cap(r.adjoint) {
		r.adjoint = append(make([]float64, 0, n+n/8), r.adjoint...)
	}
	r.adjoint = r.adjoint[:n]
	clear(r.adjoint[old:])
}
