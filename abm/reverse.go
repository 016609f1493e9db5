package abm

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Reverse makes runs and differentiates a scalar function of their series by one
// adjoint sweep (reverse mode): the work does not grow with the number of
// parameters. Derivatives pass a discrete draw as the rule says; the result is
// the gradient that forward mode gives, to rounding.
//
// [Reverse.Run] records the run in segments of at least √T steps, longer while the
// record of one takes less than Tape bytes. It keeps a checkpoint of the
// state where each begins, and the record of the last one only.
// [Reverse.Gradient] goes back over them: it makes the steps of a segment again,
// with the same luck, and lets the adjoints flow back through the record. So a
// gradient takes one to two runs and a sweep, and memory that grows as √T.
//
// The state is what is in the columns that the model makes in its Start. If it
// keeps more elsewhere, steps do not come out the same when they are made again;
// that is noticed, and from then on a run is one segment, in memory that grows as
// T.
//
// Source: Griewank and Walther, Evaluating Derivatives (2008), chapter 12, for
// checkpoints at equal distances.
type Reverse struct {
	Tape int // bytes of record that a segment may always take; 0 means 64 MB

	w      *World
	noting *noting // nil unless draws are noted
	theta  []float64
	seed   rng.Seed
	series []float64

	step        func()
	columns     []*ad.Column
	begins      []int             // first row of each segment
	checkpoints [][]ad.Checkpoint // by segment and column
	recorded    int               // segment on the tape
	bottom      int               // nodes of the tape that Start recorded, below
	leaves      int               // nodes up to the last leaf of the segment

	adjoint []float64   // of the nodes of the tape
	carried [][]float64 // by column: of its entries where the segment begins
}

// NewReverse returns what makes runs of a prepared setup with derivatives in the
// parameters whose indices are in active, which rule carries over discrete draws.
func NewReverse(s *Setup, active []int, rule Rule) *Reverse {
	r := &Reverse{w: newWorld(s, active, rule, ad.NewReverse(len(active)))}
	r.w.keep = func(c *ad.Column) { r.columns = append(r.columns, c) }
	return r
}

// Close frees the memory for derivatives.
func (r *Reverse) Close() { r.w.Close() }

// Want is [World.Want].
func (r *Reverse) Want(observables []int, rows []int) { r.w.Want(observables, rows) }

// Series is [World.Series].
func (r *Reverse) Series(dst []float64) []float64 { return append(dst[:0], r.series...) }

// Run makes one whole run at the parameters theta with the luck of seed. An
// error says which rule the model or its parameters broke.
func (r *Reverse) Run(theta []float64, seed rng.Seed) error {
	if err := r.w.setup.Check(theta); err != nil {
		return err
	}
	r.theta, r.seed = append(r.theta[:0], theta...), seed
	return r.guard(r.forward)
}

// Gradient writes dL/dθ of the active parameters to dst (nil: allocate), given
// the adjoint dL/d(series) of the latest run, and returns it. It may be asked
// more than once. It panics unless there is one adjoint an entry of the series.
func (r *Reverse) Gradient(dst, adjoint []float64) ([]float64, error) {
	if len(adjoint) != len(r.series) {
		panic("abm: one adjoint an entry of the series is needed")
	}
	err := r.guard(func() {
		if !r.backward(adjoint) {
			r.Tape = math.MaxInt
			r.forward()
			r.backward(adjoint)
		}
	})
	return append(dst[:0], r.adjoint[1:1+len(r.w.active)]...), err
}

// Bytes returns the memory held for the tape, the checkpoints and the adjoints.
func (r *Reverse) Bytes() int {
	_, n := r.w.arena.TapeBytes()
	n += 8 * cap(r.adjoint)
	for _, segment := range r.checkpoints {
		for i := range segment {
			n += segment[i].Bytes()
		}
	}
	for _, x := range r.carried {
		n += 8 * cap(x)
	}
	return n
}

// guard returns the fault that ends what f does, if one does.
func (r *Reverse) guard(f func()) (err error) {
	defer func() { err = r.w.broken(recover()) }()
	f()
	return nil
}

// forward makes the run. Afterwards its last segment is on the tape.
func (r *Reverse) forward() {
	w := r.w
	r.columns, r.begins = r.columns[:0], r.begins[:0]
	r.noting.restart()
	w.reset(r.theta, r.seed)
	r.step = w.setup.Model.Start(w)
	w.arena.Fix()
	r.noting.fix()
	r.bottom = w.arena.Nodes()
	for row := 1; row < w.rows; {
		r.save(row)
		r.begin(len(r.begins) - 1)
		for from := row; row < w.rows && !r.full(row-from); row++ {
			w.steps(r.step, row, row+1)
		}
	}
	r.series = append(r.series[:0], w.out.Values()...)
}

// full reports whether a segment of so many steps is to end.
func (r *Reverse) full(steps int) bool {
	least := r.Tape
	if least == 0 {
		least = 64 << 20
	}
	used, _ := r.w.arena.TapeBytes()
	return steps*steps >= r.w.rows-1 && used >= least
}

// save makes the checkpoint of a segment that begins with the row.
func (r *Reverse) save(row int) {
	segment := len(r.begins)
	r.begins = append(r.begins, row)
	if segment == len(r.checkpoints) {
		r.checkpoints = append(r.checkpoints, nil)
	}
	at := r.checkpoints[segment][:0]
	for i, c := range r.columns {
		at = slices.Grow(at, 1)[:i+1]
		at[i].Save(c)
	}
	r.checkpoints[segment] = at
}

// begin begins to record a segment at its checkpoint.
func (r *Reverse) begin(segment int) {
	r.recorded = segment
	r.w.arena.Segment()
	r.noting.begin()
	for i := range r.checkpoints[segment] {
		r.checkpoints[segment][i].Load(r.columns[i])
	}
	r.leaves = r.w.arena.Nodes()
}

// rows returns the rows from … to−1 that a segment makes.
func (r *Reverse) rows(segment int) (from, to int) {
	if segment+1 == len(r.begins) {
		return r.begins[segment], r.w.rows
	}
	return r.begins[segment], r.begins[segment+1]
}

// again makes the steps of a segment again and reports whether they came out the
// same.
func (r *Reverse) again(segment int) (same bool) {
	defer func() {
		if recover() != nil { // a run in one segment will tell if it is no fault of ours
			same = false
		}
	}()
	columns := len(r.columns)
	r.begin(segment)
	from, to := r.rows(segment)
	for e := range r.entries(from, to) {
		r.w.out.Set(e, ad.Num{})
	}
	r.w.steps(r.step, from, to)
	for e := range r.entries(from, to) {
		if math.Float64bits(r.w.out.Values()[e]) != math.Float64bits(r.series[e]) {
			return false
		}
	}
	return len(r.columns) == columns && r.meets(segment+1)
}

// meets reports whether the state is that in which a segment begins.
func (r *Reverse) meets(segment int) bool {
	if segment == len(r.begins) {
		return true
	}
	for i := range r.checkpoints[segment] {
		if !r.checkpoints[segment][i].Same(r.columns[i]) {
			return false
		}
	}
	return true
}

// entries iterates over the entries of the series in the rows from … to−1.
func (r *Reverse) entries(from, to int) func(yield func(int) bool) {
	n := len(r.w.setup.Model.Observables)
	return func(yield func(int) bool) {
		for e := from * n; e < to*n && yield(e); e++ {
		}
	}
}
