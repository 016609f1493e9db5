package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Reverse makes runs and differentiates a scalar function of their series by one
// adjoint sweep (reverse mode): the work does not grow with the number of
// parameters. Derivatives pass a discrete draw as the rule says; the result is
// the gradient that forward mode gives, to rounding.
//
// [Reverse.Run] keeps a checkpoint of the state every √T steps.
// [Reverse.Gradient] goes back from one to the one before: it makes the steps in
// between again, with the same luck, records them and lets the adjoints flow back
// through the record. So a gradient takes two runs and a sweep, and memory for √T
// states and for the operations of √T steps.
//
// The state is what is in the columns that the model makes in its Start. If it
// keeps more elsewhere, steps do not come out the same when they are made again;
// that is noticed, and from then on runs are recorded in one piece, in memory
// that grows with T.
//
// Source: Griewank and Walther, Evaluating Derivatives (2008), chapter 12, for
// checkpoints at equal distances.
type Reverse struct {
	w      *World
	noting *noting // nil unless draws are noted
	theta  []float64
	seed   rng.Seed
	series []float64
	whole  bool // record runs in one piece

	step        func()
	span        int // steps of a segment
	columns     []*ad.Column
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
	r.span = int(math.Ceil(math.Sqrt(float64(r.w.rows - 1))))
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
			r.whole = true
			r.forward()
			r.backward(adjoint)
		}
	})
	return append(dst[:0], r.adjoint[1:1+len(r.w.active)]...), err
}

// Bytes returns the memory held for the tape, the checkpoints and the adjoints.
func (r *Reverse) Bytes() int {
	n := r.w.arena.TapeBytes() + 8*cap(r.adjoint)
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

// segments is the number of segments after Start.
func (r *Reverse) segments() int {
	if r.whole || r.span == 0 {
		return 0
	}
	return (r.w.rows - 2 + r.span) / r.span
}

// rows returns the rows from … to−1 that a segment makes.
func (r *Reverse) rows(segment int) (from, to int) {
	from = 1 + segment*r.span
	return from, min(from+r.span, r.w.rows)
}

// forward makes the run. Afterwards its last segment is on the tape.
func (r *Reverse) forward() {
	r.start()
	state := len(r.columns)
	for k := range r.segments() {
		r.save(k)
		if k == r.segments()-1 {
			r.record(k)
		} else {
			r.pass(k)
		}
	}
	if len(r.columns) > state { // some made later, to which there is no way back
		r.whole = true
		r.start()
	}
	r.series = append(r.series[:0], r.w.out.Values()...)
}

// start records the Start of the run, or all of it if it is to be in one piece.
func (r *Reverse) start() {
	w := r.w
	r.columns, r.recorded = r.columns[:0], -1
	r.noting.restart()
	w.reset(r.theta, r.seed)
	r.step = w.setup.Model.Start(w)
	if r.whole {
		w.steps(r.step, 1, w.rows)
	}
	w.arena.Fix()
	r.noting.fix()
	r.bottom = w.arena.Nodes()
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

// pass makes the rows of a segment without a record.
func (r *Reverse) pass(segment int) {
	r.w.arena.Mute(true)
	r.noting.mute(true)
	from, to := r.rows(segment)
	r.w.steps(r.step, from, to)
}

// record makes the rows of a segment from its checkpoint, on the tape.
func (r *Reverse) record(segment int) {
	w := r.w
	w.arena.Segment()
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

// again records a segment again and reports whether it came out the same.
func (r *Reverse) again(segment int) (same bool) {
	defer func() {
		if recover() != nil { // if it is not the replay's fault, the run in one piece fails too
			same = false
		}
	}()
	r.record(segment)
	from, to := r.rows(segment)
	for e := range r.entries(from, to) {
		if math.Float64bits(r.w.out.Values()[e]) != math.Float64bits(r.series[e]) {
			return false
		}
	}
	for i, c := range r.columns {
		if segment+1 < r.segments() && !r.checkpoints[segment+1][i].Same(c) {
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
