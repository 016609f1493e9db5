package abm

import (
	"cmp"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Reverse makes runs and differentiates a scalar function of their series by one
// adjoint sweep (reverse mode): the work does not grow with the number of
// parameters. Derivatives pass a discrete draw as the rule says; the result is
// the gradient that forward mode gives, to rounding.
//
// A run is recorded as far as the record fits into Tape bytes. If it goes on, the
// rest is made without a record, but for a checkpoint of the state every √T
// steps. [Reverse.Gradient] then goes back from one to the one before: it makes
// the steps in between again, with the same luck, records them, lets the adjoints
// flow back through the record, and forgets it. So a gradient takes a recorded
// run, at most one more run and a sweep, and memory that grows as √T.
//
// The run of a [Contagion] under a [SlopeRule] needs no tape: what agents did and
// felt is all that its adjoints need, in a few bytes an agent and step.
//
// The state is what is in the columns that the model makes in its Start. If it
// keeps more elsewhere, steps do not come out the same when they are made again;
// that is noticed, and from then on runs are recorded whole, in memory that grows
// as T.
//
// Source: Griewank and Walther, Evaluating Derivatives (2008), chapter 12, for
// checkpoints at equal distances.
type Reverse struct {
	Tape int // bytes of record to keep; 0 means 64 MB

	w      *World
	noting *noting // nil unless draws are noted

	outbreak *outbreak // nil unless runs can be made as one
	spread   bool      // whether the latest was

	theta  []float64
	seed   rng.Seed
	series []float64

	step        func()
	columns     []*ad.Column      // the state
	begins      []int             // first row of each segment; what is before the first is recorded for good
	checkpoints [][]ad.Checkpoint // by segment and column
	prints      []uint64          // of each segment's derivatives, as first made
	recorded    int               // segment on the tape
	bottom      int               // nodes of the tape that are there for good
	leaves      int               // nodes up to the last leaf of the segment on the tape

	adjoint []float64   // of the nodes of the tape
	carried [][]float64 // by column: of its entries where the segment swept begins
}

// NewReverse returns what makes runs of a prepared setup with derivatives in the
// parameters whose indices are in active, which rule carries over discrete draws.
func NewReverse(s *Setup, active []int, rule Rule) *Reverse {
	r := &Reverse{w: newWorld(s, active, rule, ad.NewReverse(len(active)))}
	r.w.keep = func(c *ad.Column) { r.columns = append(r.columns, c) }
	r.outbreak = newOutbreak(r.w)
	return r
}

// Close frees the memory for derivatives.
func (r *Reverse) Close() {
	r.w.Close()
	r.outbreak.close()
}

// Want is [World.Want].
func (r *Reverse) Want(observables []int, rows []int) {
	r.w.Want(observables, rows)
	r.outbreak.want(observables, rows)
}

// Series is [World.Series].
func (r *Reverse) Series(dst []float64) []float64 { return append(dst[:0], r.series...) }

// Run makes one whole run at the parameters theta with the luck of seed. An
// error says which rule the model or its parameters broke.
func (r *Reverse) Run(theta []float64, seed rng.Seed) error {
	if err := r.w.setup.Check(theta); err != nil {
		return err
	}
	r.spread = false
	var failed error
	broken := r.guard(func() {
		if r.noting == nil {
			r.spread, failed = r.outbreak.run(theta, seed, r.limit())
		}
	})
	switch {
	case broken != nil || failed != nil:
		return cmp.Or(broken, failed)
	case r.spread:
		r.series = r.outbreak.plain.Series(r.series)
		return nil
	}
	return r.RunFull(theta, seed)
}

// RunFull is Run by the model's Start and a tape, whatever other form the model has.
// The gradient is the same, to rounding.
func (r *Reverse) RunFull(theta []float64, seed rng.Seed) error {
	if err := r.w.setup.Check(theta); err != nil {
		return err
	}
	r.spread = false
	r.theta, r.seed = append(r.theta[:0], theta...), seed
	return r.guard(r.forward)
}

// NeedsTape reports whether runs are recorded on a tape: at the setup's own
// parameters they are not the outbreaks of a [Contagion].
func (r *Reverse) NeedsTape() bool {
	described := false
	r.guard(func() { described = r.outbreak.describe(r.w.setup.Theta(), rng.Seed{}, r.limit()) }) // what is broken, a run tells
	return r.noting != nil || !described
}

// limit is how many bytes a record may take.
func (r *Reverse) limit() int {
	if r.Tape == 0 {
		return defaultTape
	}
	return r.Tape
}

// Gradient writes dL/dθ of the active parameters to dst (nil: allocate), given
// the adjoint dL/d(series) of the latest run, and returns it. It may be asked
// more than once. It panics unless there is one adjoint an entry of the series.
func (r *Reverse) Gradient(dst, adjoint []float64) ([]float64, error) {
	if len(adjoint) != len(r.series) {
		panic("abm: one adjoint an entry of the series is needed")
	}
	if r.spread {
		err := r.guard(func() { r.outbreak.backward(adjoint) })
		return append(dst[:0], r.outbreak.nodes[1:1+len(r.w.active)]...), err
	}
	err := r.guard(func() {
		if !r.backward(adjoint) {
			r.whole()
			r.backward(adjoint)
		}
	})
	return append(dst[:0], r.adjoint[1:1+len(r.w.active)]...), err
}

// Bytes returns the memory held for the tape, the checkpoints and the adjoints.
func (r *Reverse) Bytes() int {
	_, n := r.w.arena.TapeBytes()
	n += 8*cap(r.adjoint) + r.outbreak.bytes()
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
