package abm

import "github.com/nudge-abm/nudge/rng"

// history records a discrete run row by row, so that alternatives to it can be
// followed sparsely.
type history struct {
	state  [][]State                 // states after the row
	shown  [][]Signal                // signals in the step that makes the row
	felt   [][maxSignals + 1][]tally // what each agent feels in it, on sparse networks
	total  []Felt                    // and everybody together
	counts [][]float64               // agents in each state after the row
}

// record keeps the row just made.
func (h *history) record(r *local) {
	if h == nil {
		return
	}
	t := r.w.step
	if t >= len(h.state) {
		h.state, h.shown, h.counts = append(h.state, nil), append(h.shown, nil), append(h.counts, nil)
		h.felt, h.total = append(h.felt, [maxSignals + 1][]tally{}), append(h.total, Felt{})
	}
	h.state[t] = append(h.state[t][:0], r.state...)
	h.shown[t] = append(h.shown[t][:0], r.shown...)
	h.counts[t] = append(h.counts[t][:0], r.counts...)
	for k := range r.felt {
		h.felt[t][k] = append(h.felt[t][k][:0], r.felt[k]...)
	}
	h.total[t] = r.total
}

// Replay follows alternative histories of a recorded run: one draw comes out
// otherwise, all other luck stays. It visits only the agents that differ and
// those that feel them, and stops when nobody differs any more: on a sparse
// network the work does not depend on the number of agents.
type Replay struct {
	h    *history
	w    *World // of the alternatives, plain
	l    *local
	rows int

	epoch   int32
	member  []int32 // epoch·rows + row at which an agent's state is in alt
	alt     []State // its state in the alternative
	touched []int32 // stamp of the step in which an agent is visited
	shift   []Felt  // by how much what it feels differs
	all     Felt    // by how much what everybody feels differs, on the complete network
	now     []int   // agents that differ
	next    []int
	visit   []int
	moved   []float64 // by state: how many more agents in the alternative

	movedBefore []float64
	out         []float64
	ref         []float64
	wasAlt      []float64
	nowAlt      []float64
}

// Record makes the world keep the history of its discrete runs and returns the
// replay of the latest one, or nil if the model has no [Local] form for the
// setup.
func (w *World) Record() *Replay {
	if w.setup.Model.Local == nil {
		return nil
	}
	w.history = &history{}
	return &Replay{h: w.history, w: NewWorld(w.setup, nil, nil)}
}

// Start prepares for alternatives to the run just recorded, which was made at
// theta with the luck of seed.
func (r *Replay) Start(theta []float64, seed rng.Seed) {
	r.w.reset(theta, seed)
	l := r.w.setup.Model.Local(r.w)
	r.l = newLocal(r.w, l)
	if n := r.l.n; len(r.member) != n {
		r.member, r.alt = make([]int32, n), make([]State, n)
		r.touched, r.shift = make([]int32, n), make([]Felt, n)
		r.moved = make([]float64, l.States)
		r.movedBefore = make([]float64, l.States)
		r.wasAlt, r.nowAlt = make([]float64, l.States), make([]float64, l.States)
		r.out, r.ref = make([]float64, len(r.l.row)), make([]float64, len(r.l.row))
	}
	r.rows = r.w.rows
	clear(r.member)
	clear(r.touched)
	r.epoch = 0
}

// Follow follows the history in which the draw at the site comes out as value.
// It calls add for every row and observable that differs from the recorded run
// and returns the number of agent-steps it took.
func (r *Replay) Follow(at Site, value float64, add func(row, observable int, difference float64)) (steps int) {
	r.w.Force(at, value)
	defer r.w.Unforce()
	r.epoch++
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
		steps += r.step(row, at)
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
	was := r.h.state[row][i]
	if s == was {
		return
	}
	r.member[i], r.alt[i] = r.stamp(row), s
	r.next = append(r.next, i)
	r.moved[s]++
	r.moved[was]--
}

// stamp is different for every row of every alternative.
func (r *Replay) stamp(row int) int32 { return r.epoch*int32(r.rows) + int32(row) + 1 }

// before returns an agent's state before the step that makes the row.
func (r *Replay) before(row, i int) State {
	if r.member[i] == r.stamp(row-1) {
		return r.alt[i]
	}
	return r.h.state[row-1][i]
}

// step makes one step of the alternative.
func (r *Replay) step(row int, at Site) int {
	r.w.step = row
	r.visit, r.all = r.visit[:0], Felt{}
	for _, i := range r.now {
		r.show(row, i)
	}
	if row == at.Step && at.Agent >= 0 {
		r.show(row, at.Agent)
	}
	if r.all != (Felt{}) {
		for i := range r.l.n {
			r.touch(row, i)
		}
	}
	clear(r.moved)
	r.next = r.next[:0]
	for _, i := range r.visit {
		s := r.before(row, i)
		if !r.l.ends[s] {
			r.w.agent = i
			s = r.l.Next(i, s, r.feel(row, i))
		}
		r.settle(row, i, s)
	}
	r.now, r.next = r.next, r.now
	return len(r.visit)
}

// touch makes sure that an agent is visited in the step.
func (r *Replay) touch(row, i int) {
	if stamp := r.stamp(row); r.touched[i] != stamp {
		r.touched[i], r.shift[i] = stamp, Felt{}
		r.visit = append(r.visit, i)
	}
}

// show passes on what an agent shows differently.
func (r *Replay) show(row, i int) {
	r.touch(row, i)
	shown := Signal(0)
	if s := r.before(row, i); r.l.shows[s] {
		r.w.agent = i
		shown = r.l.Show(i, s)
	}
	was := r.h.shown[row][i]
	if shown == was {
		return
	}
	if r.l.complete { // everybody else feels it
		r.all[shown]++
		r.all[was]--
		r.shift[i][shown]--
		r.shift[i][was]++
		return
	}
	adjacent, _ := r.l.Network.Neighbours(i)
	for _, j := range adjacent {
		r.touch(row, int(j))
		r.shift[j][shown]++
		r.shift[j][was]--
	}
}

// feel returns what agent i feels, until the next call.
func (r *Replay) feel(row, i int) *Felt {
	f := &r.l.now
	if r.l.complete {
		*f = r.h.total[row]
		f[r.h.shown[row][i]]--
	}
	for k := 1; k <= r.l.Signals; k++ {
		if !r.l.complete {
			f[k] = int32(r.h.felt[row][k][i])
		}
		f[k] += r.shift[i][k] + r.all[k]
	}
	return f
}

// observe reports by how much the row's observables differ.
func (r *Replay) observe(row int, before []float64, add func(row, observable int, difference float64)) {
	now := r.h.counts[row]
	var was []float64
	if row > 0 {
		was = r.h.counts[row-1]
	}
	r.l.Observe(r.ref, was, now)
	r.l.Observe(r.out, shifted(r.wasAlt, was, before), shifted(r.nowAlt, now, r.moved))
	for c, v := range r.out {
		if d := v - r.ref[c]; d != 0 {
			add(row, c, d)
		}
	}
}

// shifted writes x + d to dst, or nil if there is no x.
func shifted(dst, x, d []float64) []float64 {
	if x == nil {
		return nil
	}
	for k := range dst {
		dst[k] = x[k] + d[k]
	}
	return dst
}

// AgentSteps returns the agent-steps of a whole run.
func (r *Replay) AgentSteps() float64 { return float64(r.l.n * (r.rows - 1)) }

// Close frees the world of the alternatives.
func (r *Replay) Close() { r.w.Close() }
