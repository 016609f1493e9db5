package abm

import (
	"fmt"

	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// World is one run of a model: its seed, its draws, its derivatives. It belongs
// to one goroutine and is used again for the next run.
type World struct {
	setup   *Setup
	rule    Rule
	density DensityRule // the rule, if it is one
	events  bool        // the rule is asked only where a draw comes out as 1
	active  []int       // indices of the parameters that carry derivatives
	arena   *ad.Arena

	params []ad.Num
	seed   rng.Seed
	luck   [luckSlots]luck
	lone   bool // draws are few and far between, so neighbours' luck is not made with them
	forced forced
	laws   laws
	pool   pool
	audit  *Audit // nil unless the world is watched

	local   *local   // the discrete run, if it was one
	history recorder // where discrete runs are recorded; nil: nowhere
	step    int
	agent   int
	order   []int    // of the latest Shuffled
	picture *Picture // what the run looks like, if it is shown
	look    func(int, *Picture)
	keep    func(*ad.Column) // told of columns made, unless nil
	rows    int
	out     *ad.Column // rows × observables
	wanted  []bool     // observables asked for; nil means all
	wantAt  []bool     // rows asked for; nil means all
}

// NewWorld returns a world for runs of a prepared setup. The parameters whose
// indices are in active carry derivatives, which rule carries over discrete
// draws; with none the runs are plain and rule may be nil.
func NewWorld(s *Setup, active []int, rule Rule) *World {
	var arena *ad.Arena
	if len(active) > 0 {
		arena = ad.NewForward(len(active))
	}
	return newWorld(s, active, rule, arena)
}

func newWorld(s *Setup, active []int, rule Rule, arena *ad.Arena) *World {
	w := &World{setup: s, rule: rule, active: active, arena: arena, rows: s.Steps(), agent: -1}
	w.density, _ = rule.(DensityRule)
	if e, ok := rule.(EventRule); ok {
		w.events = e.EventsOnly()
	}
	w.params = make([]ad.Num, len(s.Model.Parameters))
	if debug {
		w.Watch()
	}
	return w
}

// Close frees the world's memory for derivatives.
func (w *World) Close() {
	if w.arena != nil {
		w.arena.Close()
	}
}

// Want limits what a run records: observables by index and rows. Nil means all.
// The rest of the series reads as zero.
func (w *World) Want(observables []int, rows []int) {
	w.wanted, w.wantAt = mask(observables, len(w.setup.Model.Observables)), mask(rows, w.rows)
}

func mask(indices []int, n int) []bool {
	if indices == nil {
		return nil
	}
	m := make([]bool, n)
	for _, i := range indices {
		m[i] = true
	}
	return m
}

// Run makes one whole run at the parameters theta with the luck of seed. An
// error says which rule the model or its parameters broke. Where no state can
// carry derivatives, the discrete form of a [Local] model is run.
func (w *World) Run(theta []float64, seed rng.Seed) error {
	return w.run(theta, seed, w.discrete())
}

// RunFull is Run by the model's Start, whatever other form the model has. The
// result is the same.
func (w *World) RunFull(theta []float64, seed rng.Seed) error {
	return w.run(theta, seed, false)
}

// discrete reports whether states are plain under the world's rule.
func (w *World) discrete() bool {
	_, plain := w.rule.(PlainRule)
	return w.arena == nil || plain
}

// Discrete reports whether the latest run was made in the discrete form of a
// [Local] model.
func (w *World) Discrete() bool { return w.local != nil }

func (w *World) run(theta []float64, seed rng.Seed, discrete bool) (err error) {
	if err := w.setup.Check(theta); err != nil {
		return err
	}
	defer func() { err = w.broken(recover()) }()
	w.reset(theta, seed)
	if discrete && w.setup.Model.Local != nil {
		if l := w.setup.Model.Local(w); l.serves() {
			w.local = newLocal(w, l)
			w.local.tape = w.history
			w.local.run()
			return nil
		}
	}
	step := w.setup.Model.Start(w)
	if step == nil {
		panic(misuse("Start must return the function that makes a step"))
	}
	w.looked()
	w.steps(step, 1, w.rows)
	return nil
}

// steps makes the rows from … to−1.
func (w *World) steps(step func(), from, to int) {
	for w.step = from; w.step < to; w.step++ {
		mark := w.mark()
		step()
		w.looked()
		w.release(mark)
	}
}

func (w *World) reset(theta []float64, seed rng.Seed) {
	w.seed, w.step, w.agent, w.local = seed, 0, -1, nil
	for i := range w.luck {
		w.luck[i].step = -1
	}
	w.release(region{})
	if w.audit != nil {
		w.audit.begin(0)
	}
	if w.arena != nil {
		w.arena.Reset()
	}
	for i, v := range theta {
		w.params[i] = ad.Const(v)
	}
	for k, i := range w.active {
		w.params[i] = w.arena.Param(k, theta[i])
	}
	w.out = ad.NewColumn(w.arena, w.rows*len(w.setup.Model.Observables))
}

// Setup returns the setup the world runs.
func (w *World) Setup() *Setup { return w.setup }

// Arena returns the arena of the world's derivatives, nil for plain runs.
func (w *World) Arena() *ad.Arena { return w.arena }

// Shared returns what the model's Prepare built.
func (w *World) Shared() any { return w.setup.shared }

// Param returns the named parameter. It panics for an unknown name, which is an
// error in the model.
func (w *World) Param(name string) ad.Num {
	i := w.setup.Model.Parameter(name)
	if i < 0 {
		panic(fmt.Sprintf("abm: model %s has no parameter %q", w.setup.Model.Name, name))
	}
	return w.params[i]
}

// Int returns the value of a setting of kind Whole.
func (w *World) Int(name string) int { return w.setup.Int(name) }

// Float returns the value of a setting of kind Number.
func (w *World) Float(name string) float64 { return w.setup.Float(name) }

// Text returns the value of a setting as text.
func (w *World) Text(name string) string { return w.setup.Text(name) }

// Step returns the row being made: 0 in Start, then 1 … T−1.
func (w *World) Step() int { return w.step }

// Rows returns the number of rows T of the series.
func (w *World) Rows() int { return w.rows }

// Column returns a new column of n zeros for state that outlives an agent's
// turn.
func (w *World) Column(n int) *ad.Column {
	c := ad.NewColumn(w.arena, n)
	if w.keep != nil {
		w.keep(c)
	}
	return c
}

// Agents iterates over 0 … n−1. During its turn an agent owns the draws made
// and the temporary numbers, which are released when the turn ends.
func (w *World) Agents(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			mark := w.mark()
			w.agent = i
			more := yield(i)
			w.release(mark)
			if !more {
				break
			}
		}
		w.agent = -1
	}
}

// Observe adds x to the observable (by index) in the row being made.
func (w *World) Observe(observable int, x ad.Num) {
	if observables := len(w.setup.Model.Observables); uint(observable) >= uint(observables) {
		panic(misusef("it observes number %d, but its observables are numbered 0 to %d", observable, observables-1))
	}
	if x.IsZero() || !w.Wants(observable) {
		return
	}
	w.out.Add(w.step*len(w.setup.Model.Observables)+observable, x)
}

// Wants reports whether the observable is recorded in the row being made, so
// that a model may skip the work for it.
func (w *World) Wants(observable int) bool {
	return (w.wanted == nil || w.wanted[observable]) && (w.wantAt == nil || w.wantAt[w.step])
}

// Series writes the run's observables, rows × observables in row-major order,
// into dst (nil: allocate) and returns it.
func (w *World) Series(dst []float64) []float64 {
	return append(dst[:0], w.out.Values()...)
}

// Jacobian writes d(series)/d(active parameters), rows × observables × active
// in row-major order, into dst (nil: allocate) and returns it.
func (w *World) Jacobian(dst []float64) []float64 {
	n, p := w.out.Len(), len(w.active)
	if cap(dst) < n*p {
		dst = make([]float64, n*p)
	}
	dst = dst[:n*p]
	for i := range n {
		w.out.Tangents(dst[i*p:(i+1)*p], i)
	}
	return dst
}
