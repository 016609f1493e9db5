package abm

import (
	"math"

	"github.com/nudge-abm/nudge/rng"
)

// Replay follows alternative histories of a recorded run: one draw comes out
// otherwise, all other luck stays. It visits only the agents that differ and
// those that may come to differ by what they feel, and stops when nobody differs
// any more. So the work does not grow with the number of agents on a sparse
// network; nor does it on the complete network, but for the number of those that
// differ, if the model declares its [Move]s.
type Replay struct {
	h    *history
	w    *World // of the alternatives, plain
	l    *local
	rows int
	at   Site // of the draw forced

	epoch  int32
	agents []other
	crowd  []crowd // by row and move, on the complete network
	all    Felt    // by how much what everybody feels differs, on the complete network
	now    []int   // agents that differ
	next   []int
	visit  []int
	moved  []float64 // by state: how many more agents in the alternative

	movedBefore []float64
	recorded    []float64 // the observables, by row
	was         []float64
	is          []float64
}

// other is how an agent differs.
type other struct {
	member  int32 // stamp of the row at which its state is another one
	touched int32 // stamp of the step in which it is visited
	heard   int32 // the last row after which it hears in the recorded run
	shift   [maxSignals]int32
	state   State
}

// Record makes the world keep the history of its discrete runs and returns the
// replay of the latest one, or nil if the model has no [Local] form for the
// setup.
func (w *World) Record() *Replay {
	if w.setup.Model.Local == nil {
		return nil
	}
	r := &Replay{h: &history{}, w: NewWorld(w.setup, nil, nil)}
	w.history = r.h
	r.w.lone = true
	return r
}

// Start prepares for alternatives to the run just recorded, which was made at
// theta with the luck of seed.
func (r *Replay) Start(theta []float64, seed rng.Seed) {
	r.w.reset(theta, seed)
	l := r.w.setup.Model.Local(r.w)
	r.l, r.rows = newLocal(r.w, l), r.w.rows
	observables := len(r.l.row.out)
	if len(r.agents) != r.l.n {
		r.agents = make([]other, r.l.n)
		r.moved, r.movedBefore = make([]float64, l.States), make([]float64, l.States)
		r.was, r.is = make([]float64, l.States), make([]float64, l.States)
		r.recorded = make([]float64, r.rows*observables)
	}
	for i, row := range r.h.heard {
		r.agents[i] = other{heard: row}
	}
	r.epoch = 0
	r.crowd = nil
	if r.l.complete {
		r.crowd = make([]crowd, r.rows*len(r.l.movers))
	}
	var before []float64
	for row := range r.rows {
		counts := r.h.counted(row, l.States)
		for c, v := range r.l.row.observe(l, before, counts) {
			r.recorded[row*observables+c] = v.Primal()
		}
		before = counts
	}
}

// Follow follows the history in which the draw at the site comes out as value.
// It calls add for every row and observable that differs from the recorded run
// and returns the number of agent-steps it took: turns of agents that are not at
// an end.
func (r *Replay) Follow(at Site, value float64, add func(row, observable int, difference float64)) (steps int) {
	r.w.Force(at, value)
	defer r.w.Unforce()
	r.epoch++
	r.at = at
	r.now, r.next = r.now[:0], r.next[:0]
	clear(r.moved)
	row := at.Step
	if row == 0 {
		r.first(at.Agent)
		r.observe(0, nil, add)
		steps, row = 1, 1
	}
	settled := false // a row's observables may depend on the row before
	for ; row < r.rows && !settled; row++ {
		copy(r.movedBefore, r.moved)
		settled = len(r.now) == 0 && row > at.Step
		steps += r.step(row)
		r.observe(row, r.movedBefore, add)
	}
	return steps
}

// first makes the initial state of the agent whose draw is forced.
func (r *Replay) first(i int) {
	r.w.step, r.w.agent = 0, i
	r.settle(0, i, r.l.Initial(i))
	r.now, r.next = r.next, r.now[:0]
}

// settle notes the state an agent reaches in the alternative.
func (r *Replay) settle(row, i int, s State) {
	was := r.h.at(row, i).state
	if s == was {
		return
	}
	r.agents[i].member, r.agents[i].state = r.stamp(row), s
	r.next = append(r.next, i)
	r.moved[s]++
	r.moved[was]--
}

// stamp is different for every row of every alternative.
func (r *Replay) stamp(row int) int32 { return r.epoch*int32(r.rows) + int32(row) + 1 }

// before returns an agent's state before the step that makes the row.
func (r *Replay) before(row, i int) State {
	if a := &r.agents[i]; a.member == r.stamp(row-1) {
		return a.state
	}
	return r.h.at(row-1, i).state
}

// hears reports whether it matters what agent i feels in the step.
func (r *Replay) hears(row, i int) bool {
	switch a := &r.agents[i]; {
	case a.member == r.stamp(row-1):
		return r.l.hears[a.state]
	case row > int(a.heard)+1:
		return false
	}
	return r.l.hears[r.h.at(row-1, i).state]
}

// step makes one step of the alternative and returns the number of turns taken.
func (r *Replay) step(row int) int {
	r.w.step = row
	r.visit, r.all = r.visit[:0], Felt{}
	for _, i := range r.now {
		r.show(row, i)
	}
	if row == r.at.Step && r.at.Agent >= 0 {
		r.show(row, r.at.Agent)
	}
	if r.l.complete {
		r.feelAll(row)
	}
	clear(r.moved)
	r.next = r.next[:0]
	turns := 0
	for _, i := range r.visit {
		s := r.before(row, i)
		if !r.l.ends[s] {
			s = r.turn(row, i, s)
			turns++
		}
		r.settle(row, i, s)
	}
	r.now, r.next = r.next, r.now
	return turns
}

// turn returns the state that agent i reaches from s in the step.
func (r *Replay) turn(row, i int, s State) State {
	m := r.l.moves[s]
	if m == nil || row == r.at.Step && i == r.at.Agent {
		r.w.agent = i
		return r.l.turn(i, s, r.feel(row, i))
	}
	p := 0.0
	if m.deaf() {
		p = m.Chance().Primal()
	} else if felt := r.feel(row, i); !m.Quiet || !felt.nothing() {
		p = m.Hazard(r.l.Network.Degree(i), felt).Primal() // more than the probability
	}
	if p > 0 {
		u := r.w.Luck(Site{m.Purpose, i, row})
		if u < p && (m.deaf() || u < -math.Expm1(-p)) {
			return m.To
		}
	}
	return s
}

// touch makes sure that an agent is visited in the step.
func (r *Replay) touch(row, i int) *other {
	a := &r.agents[i]
	if stamp := r.stamp(row); a.touched != stamp {
		a.touched, a.shift = stamp, [maxSignals]int32{}
		r.visit = append(r.visit, i)
	}
	return a
}

// show passes on what an agent shows differently.
func (r *Replay) show(row, i int) {
	r.touch(row, i)
	shown := Signal(0)
	if s := r.before(row, i); r.l.shows[s] {
		r.w.agent = i
		shown = r.l.Show(i, s)
	}
	was := r.h.at(row, i).shown
	if shown == was {
		return
	}
	if r.l.complete { // everybody else feels it
		r.agents[i].pass(was, shown, -1)
		r.all[shown]++
		r.all[was]--
		return
	}
	adjacent, _ := r.l.Network.Neighbours(i)
	for _, j := range adjacent {
		if r.hears(row, int(j)) {
			r.touch(row, int(j)).pass(was, shown, 1)
		}
	}
}

// pass counts d times that somebody is felt to show another signal.
func (a *other) pass(was, shown Signal, d int32) {
	if was > 0 {
		a.shift[was-1] -= d
	}
	if shown > 0 {
		a.shift[shown-1] += d
	}
}

// feel returns what agent i feels, until the next call.
func (r *Replay) feel(row, i int) *Felt {
	f, m, shift := &r.l.now, r.h.at(row, i), &r.agents[i].shift
	if r.l.complete {
		*f = r.h.total[row]
		f[m.shown]--
	}
	for k := range r.l.Signals {
		if !r.l.complete {
			f[k+1] = int32(m.felt[k])
		}
		f[k+1] += shift[k] + r.all[k+1]
	}
	return f
}

// observe reports by how much the row's observables differ.
func (r *Replay) observe(row int, before []float64, add func(row, observable int, difference float64)) {
	states := r.l.States
	var was []float64
	if row > 0 {
		was = shifted(r.was, r.h.counted(row-1, states), before)
	}
	out := r.l.row.observe(r.l.Local, was, shifted(r.is, r.h.counted(row, states), r.moved))
	for c, v := range r.recorded[row*len(out):][:len(out)] {
		if d := out[c].Primal() - v; d != 0 {
			add(row, c, d)
		}
	}
}

// shifted writes x + d to dst.
func shifted(dst, x, d []float64) []float64 {
	for k := range dst {
		dst[k] = x[k] + d[k]
	}
	return dst
}

// AgentSteps returns the agent-steps of a whole run.
func (r *Replay) AgentSteps() float64 { return float64(r.l.n * (r.rows - 1)) }

// Close frees the world of the alternatives.
func (r *Replay) Close() { r.w.Close() }
