package abm

import (
	"math"

	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
)

// State is the discrete state of an agent of a [Local] model, counted from 0.
type State uint8

// Signal is what an agent shows its neighbours during a step: 0 for nothing, or
// one of 1 … Signals.
type Signal uint8

// maxSignals bounds the signals of a Local model.
const maxSignals = 3

// tally counts neighbours on sparse networks: two bytes, since the counts are
// read and written at random places and should fit the processor's caches.
type tally = uint16

// maxTally is the greatest degree of a network that a Local model can run on.
const maxTally = math.MaxUint16

// Felt counts, by signal, the neighbours that show it.
type Felt [maxSignals + 1]int32

// Local describes a model in which every agent has one of a few states and moves
// on by its own state, the signals it feels of its neighbours, and its own
// draws, all agents at the same time. In return for this second, discrete form
// of its step a model runs faster without derivatives, and an alternative
// history can be followed through only the agents that differ.
//
// The functions must make the same draws and reach the same states as the
// model's Start; a test should compare both ([World.RunFull]).
type Local struct {
	Network *network.Network // without weights; complete, or of degrees below 65536
	States  int
	Signals int

	// Initial returns the state of agent i at the start.
	Initial func(i int) State
	// Show returns the signal of agent i in the step, given its state before;
	// nil functions and states not in Shows show nothing.
	Show  func(i int, s State) Signal
	Shows []State
	// Moves are the ways to leave states by a draw that depends on nothing else
	// about an agent: at most one a state. They make runs faster and alternative
	// histories much shorter to follow, above all on the complete network.
	Moves []Move
	// Next returns the state of agent i after the step from a state that no move
	// leaves. It may be nil if there is none.
	Next func(i int, s State, felt *Felt) State
	// Ends lists states that are never left.
	Ends []State
	// Contagion is set if the model is one.
	Contagion *Contagion
	// Observe writes the observables of a row from the numbers of agents in each
	// state before (nil in row 0) and now.
	Observe func(out, before, now []ad.Num)
}

// serves reports whether the model can run in its discrete form.
func (l *Local) serves() bool {
	return l != nil && (l.Network.IsComplete() || l.Network.MaxDegree() <= maxTally)
}

// local is a run of a Local model.
type local struct {
	*Local
	w        *World
	n        int
	state    []State
	shown    []Signal
	felt     [maxSignals + 1][]tally // by signal and agent, on sparse networks
	total    Felt                    // on the complete network
	now      Felt
	complete bool
	shows    [256]bool
	ends     [256]bool
	hears    [256]bool   // whether what is felt matters to those in the state
	moves    [256]*mover // by the state they leave
	movers   []*mover
	order    []int32    // agents by state, ascending, as the step begins
	place    [256]int32 // where each state's end in order
	left     []int32    // agents that show nothing any more
	counts   []float64
	before   []float64
	row      row
	tape     recorder // nil unless the run is recorded
}

func newLocal(w *World, l *Local) *local {
	n := l.Network.Len()
	r := &local{Local: l, w: w, n: n, complete: l.Network.IsComplete(), state: make([]State, n), shown: make([]Signal, n),
		order:  make([]int32, n),
		counts: make([]float64, l.States), before: make([]float64, l.States),
		row: newRow(len(w.setup.Model.Observables), l.States)}
	if !r.complete {
		for k := 1; k <= l.Signals; k++ {
			r.felt[k] = make([]tally, n)
		}
	}
	for _, s := range l.Shows {
		r.shows[s] = true
	}
	for _, s := range l.Ends {
		r.ends[s] = true
	}
	for i := range l.Moves {
		m := &mover{Move: &l.Moves[i]}
		r.moves[m.From] = m
		r.movers = append(r.movers, m)
	}
	for s := range r.hears[:l.States] {
		m := r.moves[s]
		r.hears[s] = !r.ends[s] && (m == nil || !m.deaf())
	}
	return r
}

// run makes all rows.
func (r *local) run() {
	for i := range r.w.Agents(r.n) {
		r.state[i] = r.Initial(i)
		r.counts[r.state[i]]++
	}
	r.observe(nil)
	r.record()
	for r.w.step = 1; r.w.step < r.w.rows; r.w.step++ {
		r.sort()
		r.show()
		r.next()
		r.observe(r.before)
		r.record()
	}
}

// sort lists the agents by their state. Taken state by state their turns run
// straight, where a processor could not foresee what the next agent does.
func (r *local) sort() {
	copy(r.before, r.counts)
	from := int32(0)
	for s, n := range r.counts {
		r.place[s] = from
		from += int32(n)
	}
	order := r.order
	for i, s := range r.state {
		order[r.place[s]] = int32(i)
		r.place[s]++
	}
}

// in returns the agents that are in the state as the step begins.
func (r *local) in(s State) []int32 {
	to := int(r.place[s])
	return r.order[to-int(r.before[s]) : to]
}

// show brings what everybody feels up to date.
func (r *local) show() {
	for _, i := range r.left {
		r.signal(int(i), 0)
	}
	r.left = r.left[:0]
	for _, s := range r.Shows {
		for _, i := range r.in(s) {
			r.w.agent = int(i)
			r.signal(int(i), r.Show(int(i), s))
		}
	}
}

// signal makes agent i show a signal.
func (r *local) signal(i int, shown Signal) {
	if old := r.shown[i]; shown != old {
		r.shown[i] = shown
		r.pass(i, old, -1)
		r.pass(i, shown, 1)
	}
}

// pass adds d to the count of a signal felt by the neighbours of i.
func (r *local) pass(i int, signal Signal, d int32) {
	if signal == 0 {
		return
	}
	if r.complete {
		r.total[signal] += d
		return
	}
	felt := r.felt[signal]
	adjacent, _ := r.Network.Neighbours(i)
	for _, j := range adjacent {
		felt[j] += tally(d) // modulo 2¹⁶: what is taken off was put on before
	}
}

// feel returns what agent i feels, until the next call.
func (r *local) feel(i int) *Felt {
	if r.complete {
		r.now = r.total
		r.now[r.shown[i]]--
		return &r.now
	}
	for k := 1; k <= r.Signals; k++ {
		r.now[k] = int32(r.felt[k][i])
	}
	return &r.now
}

// next makes the step of every agent.
func (r *local) next() {
	mark := r.w.mark()
	r.ready()
	if (r.w.arena == nil || r.w.events) && r.w.audit == nil && !(r.w.forced.on && r.w.forced.at.Step == r.w.step) {
		r.hurry()
	} else {
		r.walk()
	}
	r.w.release(mark)
	r.w.agent = -1
}

// walk takes the agents' turns one by one.
func (r *local) walk() {
	for i, s := range r.state {
		if r.ends[s] {
			continue
		}
		mark := r.w.mark()
		r.w.agent = i
		if now := r.turn(i, s, r.feel(i)); now != s {
			r.enter(i, s, now)
		}
		r.w.release(mark)
	}
}

// hurry is walk without what only forced draws need, and derivatives of draws that
// come out as 0.
func (r *local) hurry() {
	for k := range r.States {
		s := State(k)
		if r.ends[s] {
			continue
		}
		m := r.moves[s]
		if m == nil {
			r.each(s)
			continue
		}
		for _, i := range r.in(s) {
			if !r.happens(m, int(i)) {
				continue
			}
			if r.w.arena != nil { // tell the rule
				r.w.agent = int(i)
				r.turn(int(i), s, r.feel(int(i)))
			}
			r.enter(int(i), s, m.To)
		}
	}
}

// each takes the turns of the agents in a state that no move leaves.
func (r *local) each(s State) {
	for _, i := range r.in(s) {
		r.w.agent = int(i)
		if now := r.Next(int(i), s, r.feel(int(i))); now != s {
			r.enter(int(i), s, now)
		}
	}
}

// enter takes agent i from one state to another.
func (r *local) enter(i int, from, to State) {
	r.state[i] = to
	r.counts[from]--
	r.counts[to]++
	if r.shows[from] && !r.shows[to] {
		r.left = append(r.left, int32(i))
	}
}

func (r *local) observe(before []float64) {
	for c, v := range r.row.observe(r.Local, before, r.counts) {
		if r.w.Wants(c) {
			r.w.out.Set(r.w.step*len(r.row.out)+c, v)
		}
	}
}

// recorder is told of every row of a discrete run.
type recorder interface{ record(r *local) }

func (r *local) record() {
	if r.tape != nil {
		r.tape.record(r)
	}
}
