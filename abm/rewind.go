package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// defaultTape is the bytes of record that are kept.
const defaultTape = 64 << 20

// forward makes the run, on the tape until that is full.
func (r *Reverse) forward() {
	w, limit := r.w, r.limit()
	r.columns, r.begins, r.prints = r.columns[:0], r.begins[:0], r.prints[:0]
	r.noting.restart()
	w.reset(r.theta, r.seed)
	r.step = w.setup.Model.Start(w)
	state, row := len(r.columns), 1
	for ; row < w.rows; row++ {
		if used, _ := w.arena.TapeBytes(); used > limit {
			break
		}
		w.steps(r.step, row, row+1)
	}
	w.arena.Fix()
	r.noting.fix()
	r.bottom = w.arena.Nodes()
	if row < w.rows {
		r.pass(row)
	}
	r.series = append(r.series[:0], w.out.Values()...)
	if len(r.begins) > 0 && len(r.columns) > state { // some made later, to which there is no way back
		r.whole()
	}
}

// whole makes the run again, all on the tape, as all runs from now on.
func (r *Reverse) whole() {
	r.Tape = math.MaxInt
	r.forward()
}

// pass makes the rows from the given one on, with checkpoints and a record of the
// last segment only.
func (r *Reverse) pass(row int) {
	w := r.w
	span := int(math.Ceil(math.Sqrt(float64(w.rows - row))))
	for {
		r.begins = append(r.begins, row)
		r.save(len(r.begins) - 1)
		if row += span; row >= w.rows {
			break
		}
		w.arena.Mute(true)
		r.noting.mute(true)
		w.steps(r.step, row-span, row)
		r.prints = append(r.prints, w.arena.Fingerprint())
	}
	r.record(len(r.begins) - 1)
	r.prints = append(r.prints, w.arena.Fingerprint())
}

// save makes the checkpoint where a segment begins.
func (r *Reverse) save(segment int) {
	if segment == len(r.checkpoints) {
		r.checkpoints = append(r.checkpoints, nil)
	}
	at := r.checkpoints[segment]
	for len(at) < len(r.columns) {
		at = append(at, ad.Checkpoint{})
	}
	for i, c := range r.columns {
		at[i].Save(c)
	}
	r.checkpoints[segment] = at
}

// rows returns the rows from … to−1 that a segment makes.
func (r *Reverse) rows(segment int) (from, to int) {
	if segment+1 == len(r.begins) {
		return r.begins[segment], r.w.rows
	}
	return r.begins[segment], r.begins[segment+1]
}

// record makes the steps of a segment from its checkpoint, on the tape.
func (r *Reverse) record(segment int) {
	w := r.w
	w.arena.Mute(false)
	r.noting.mute(false)
	for i, c := range r.columns {
		r.checkpoints[segment][i].Load(c)
	}
	r.leaves = w.arena.Nodes()
	from, to := r.rows(segment)
	for e := range r.entries(from, to) {
		w.out.Set(e, ad.Num{})
	}
	w.steps(r.step, from, to)
	r.recorded = segment
}

// again records a segment again and reports whether it came out as before.
func (r *Reverse) again(segment int) (same bool) {
	defer func() {
		if recover() != nil { // a run that is recorded whole tells if it is the model's fault
			same = false
		}
	}()
	columns := len(r.columns)
	r.record(segment)
	from, to := r.rows(segment)
	for e := range r.entries(from, to) {
		if math.Float64bits(r.w.out.Values()[e]) != math.Float64bits(r.series[e]) {
			return false
		}
	}
	for i, c := range r.columns[:columns] {
		if to < r.w.rows && !r.checkpoints[segment+1][i].Same(c) {
			return false
		}
	}
	return len(r.columns) == columns && r.w.arena.Fingerprint() == r.prints[segment]
}

// entries iterates over the entries of the series in the rows from … to−1.
func (r *Reverse) entries(from, to int) func(yield func(int) bool) {
	n := len(r.w.setup.Model.Observables)
	return func(yield func(int) bool) {
		for e := from * n; e < to*n && yield(e); e++ {
		}
	}
}
