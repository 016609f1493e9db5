package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
)

// messages carries derivatives of a contagion along the contacts of a network,
// for all P parameters at once, beside a run that is known.
//
// S_i and I_i say what i is on the run, other histories differ from it by single
// draws, and their weights, one a parameter, are the derivatives. Kept are:
//
//   - own and through: the derivative of S_i, apart from that which came through
//     each neighbour j: as an addition, if j infects i in the other history only,
//     or a removal, if it does in the run only;
//   - message: φ_{i→j}, the weight of i infected in the other history and not
//     having passed it on to j;
//   - passed: what of a message was passed on while neither end was infected in
//     the run, due back when i is: then the run has an infected neighbour where the
//     other history has one, too;
//   - ever: the derivative of I_i.
//
// A message to j matters while j is susceptible in the run, or i is sick.
type messages struct {
	t        *abm.Trace
	g        *network.Network
	active   int
	reversed []uint32
	bridge   []bool
	states   contagionStates

	own, infected []float64 // agents × P
	rooted        []float64 // agents × P: what of −own is due to i's own draws
	total         []float64 // agents × P: moved from S to I in the step
	contacts      []float64 // contacts of network.Row × parts × P
	child         []bool    // by contact: i infected j, which would not have been without
	ways          []way     // of agents to differ from the run in the step
	turns         []course
	turn          turn
	isolating     bool    // whether isolation carries derivatives in the step
	removes       float64 // the probability to be removed in the step

	weight            []float64 // P: all that other histories started with so far
	others            []float64 // P
	root, d, isolated []float64 // P: of the step or the agent
	counts            []float64 // states × P, derivatives of the numbers of agents
	countsBefore      []float64
}

// The parts kept of a contact from i to j, P numbers each, side by side.
const (
	through = iota // what came to i by j
	moved          // what of it moved from S to I in the step
	message        // goes from i to j
	passed         // of it, passed on early
	parts
)

type contagionStates struct{ susceptible, infected, removed abm.State }

func newMessages(t *abm.Trace, active int) *messages {
	l := t.Local()
	g := l.Network
	infection, removal := l.Moves[t.Infection], l.Moves[t.Removal]
	_, contacts := g.Row(g.Len() - 1)
	agents := func() []float64 { return make([]float64, g.Len()*active) }
	lanes := func() []float64 { return make([]float64, active) }
	return &messages{
		t: t, g: g, active: active, reversed: g.Reversed(), bridge: g.Bridges(),
		states: contagionStates{infection.From, infection.To, removal.To},
		own:    agents(), infected: agents(), rooted: agents(), total: agents(),
		contacts: make([]float64, contacts*parts*active),
		child:    make([]bool, contacts), ways: make([]way, g.Len()), turns: make([]course, g.Len()),
		weight: lanes(), others: lanes(), root: lanes(), d: lanes(), isolated: lanes(),
		counts: make([]float64, l.States*active), countsBefore: make([]float64, l.States*active),
	}
}

// lanes returns the P numbers at place i of an array.
func (m *messages) lanes(array []float64, i int) []float64 { return array[i*m.active:][:m.active] }

// part returns the P numbers kept of a contact.
func (m *messages) part(contact, part int) []float64 {
	return m.contacts[(contact*parts+part)*m.active:][:m.active]
}

// start sends on the derivatives of the initial draws: in another history i is
// infected from the start, or is not.
func (m *messages) start() {
	for _, a := range [][]float64{m.contacts, m.counts, m.weight} {
		clear(a)
	}
	clear(m.child)
	tangents(m.t.Arena(), m.d, m.t.Initial)
	for i := range m.g.Len() {
		copy(m.lanes(m.infected, i), m.d)
		copy(m.lanes(m.rooted, i), m.d)
		for k, d := range m.d {
			m.own[i*m.active+k] = -d
			m.weight[k] += math.Abs(d)
		}
		for e, to := m.g.Row(i); e < to; e++ {
			copy(m.part(e, message), m.d)
		}
	}
	m.count(float64(m.g.Len()), m.d, nil)
}

// count adds n times what moved from susceptible to infected, and less what
// was removed, to the derivatives of the numbers of agents.
func (m *messages) count(n float64, moved, removed []float64) {
	for k, d := range moved {
		m.counts[int(m.states.susceptible)*m.active+k] -= n * d
		m.counts[int(m.states.infected)*m.active+k] += n * d
	}
	for k, d := range removed {
		m.counts[int(m.states.infected)*m.active+k] -= n * d
		m.counts[int(m.states.removed)*m.active+k] += n * d
	}
}

// step goes along the step that makes the row.
func (m *messages) step(row int) {
	copy(m.countsBefore, m.counts)
	m.readWays()
	n := m.g.Len()
	for i := range n {
		m.infect(i)
	}
	tangents(m.t.Arena(), m.d, m.t.Removes())
	for i := range n {
		m.pass(i)
		m.remove(i)
	}
	for i := range n {
		if m.t.Is(i) != m.t.Was(i) {
			m.settle(i)
		}
	}
}

// infect moves derivatives of S_i to I_i, by the neighbour they come through.
func (m *messages) infect(i int) {
	t := &m.turn
	m.read(t, i)
	m.turns[i] = t.course
	total := m.lanes(m.total, i)
	if t.idle {
		clear(total)
		return
	}
	m.shareOthers(i, t)
	m.roots(i, t)
	own := m.lanes(m.own, i)
	for k, root := range m.root {
		v := own[k]*t.infects + root
		own[k] -= v
		total[k] = v
	}
	from, _ := m.g.Row(i)
	neighbours, _ := m.g.Neighbours(i)
	for k, j := range neighbours {
		m.hear(t, total, from+k, m.ways[j])
	}
	m.count(1, total, nil)
}

// hear moves what comes through one contact.
func (m *messages) hear(t *turn, total []float64, e int, w way) {
	back := int(m.reversed[e])
	if m.child[e] {
		w = ownChild
	}
	c := &t.changes[w]
	here := m.contacts[e*parts*m.active:][:2*m.active]
	through, moved := here[:m.active], here[m.active:]
	if !t.susceptible {
		for k, v := range through {
			v *= c.moves
			through[k] -= v
			moved[k] = v
			total[k] += v
		}
		return
	}
	in := m.part(back, message)
	loops := w < removal && !m.bridge[e] // these histories may have infected i in another way
	for k, v := range through {
		create := c.create
		if loops && m.weight[k] > 0 {
			create *= max(0, 1-math.Abs(m.others[k]-v)/m.weight[k])
		}
		v = v*c.moves + create*in[k]
		through[k] -= v
		moved[k] = v
		total[k] += v
	}
	if c.passes > 0 {
		m.spend(back, in, c.passes)
	}
	if c.critical {
		m.child[back] = true
	}
}

// spend takes what is passed on to a susceptible agent off a message.
func (m *messages) spend(e int, message []float64, share float64) {
	passed := m.part(e, passed)
	for k, v := range message {
		passed[k] += share * v
		message[k] -= share * v
	}
}

// shareOthers takes stock of the histories in which i, susceptible in the run, is
// infected by others than itself. Where a history that comes in through j can
// have infected i in another way, with loops, the share of all histories that
// have is the chance that it did: then j infects nobody. On a tree none has.
func (m *messages) shareOthers(i int, t *turn) {
	if !t.susceptible {
		return
	}
	copy(m.others, m.lanes(m.own, i))
	axpy(1, m.lanes(m.rooted, i), m.others)
	from, to := m.g.Row(i)
	for e := from; e < to; e++ {
		axpy(1, m.part(e, through), m.others)
	}
}

// roots starts the histories in which i is infected by another outcome of a draw:
// of its infection, or of a neighbour's isolation.
func (m *messages) roots(i int, t *turn) {
	clear(m.root)
	if !t.susceptible {
		return
	}
	if t.hazard.Active() {
		m.t.Arena().Tangents(m.root, t.hazard)
		for k := range m.root {
			m.root[k] *= t.escapes
		}
	}
	if t.isolation != 0 {
		axpy(t.isolation, m.isolated, m.root)
	}
	rooted := m.lanes(m.rooted, i)
	for k, d := range m.root {
		rooted[k] += d
		m.weight[k] += math.Abs(d)
	}
}

// pass brings the messages of agent i up to date.
func (m *messages) pass(i int) {
	t := &m.turns[i]
	from, _ := m.g.Row(i)
	neighbours, _ := m.g.Neighbours(i)
	for k, j := range neighbours {
		switch e := from + k; {
		case t.sick:
			m.passSick(t, i, int(j), e)
		case m.turns[j].susceptible || t.caught:
			m.passOn(t, i, e)
		}
	}
}

// passSick brings a message of an agent infected in the run up to date. Where i,
// missing in the other history, is infected there, too, so is what hung on it.
func (m *messages) passSick(t *course, i, j, e int) {
	total, message, moved := m.lanes(m.total, i), m.part(e, message), m.part(e, moved)
	theirs, hung := m.lanes(m.own, j), m.part(int(m.reversed[e]), through)
	for k, out := range message {
		v := 0.0
		if !t.idle {
			v = total[k] - moved[k]
		}
		if out != 0 {
			h := max(0, min(-v/out, t.infects)) * hung[k]
			theirs[k] += h
			hung[k] -= h
		}
		message[k] = out*(1-t.removes) - m.d[k] + v
	}
}

// passOn brings a message of an agent not infected in the run up to date.
func (m *messages) passOn(t *course, i, e int) {
	message, keeps := m.part(e, message), 1-t.removes
	for k := range message {
		message[k] *= keeps
	}
	if t.idle {
		return
	}
	total, moved := m.lanes(m.total, i), m.part(e, moved)
	for k, v := range total {
		message[k] += v - moved[k]
	}
	if t.caught {
		passed := m.part(e, passed)
		axpy(1, passed, message)
		clear(passed)
	}
}

// remove moves derivatives of I_i on to the removed.
func (m *messages) remove(i int) {
	t := &m.turns[i]
	infected, total := m.lanes(m.infected, i), m.lanes(m.total, i)
	for k, d := range m.d {
		removed := infected[k] * t.removes
		if t.sick {
			removed += d
			m.weight[k] += math.Abs(d)
		}
		infected[k] += total[k] - removed
		m.counts[int(m.states.infected)*m.active+k] -= removed
		m.counts[int(m.states.removed)*m.active+k] += removed
	}
}

// settle makes what hangs on agent i, whose state changed in the run, the
// neighbours' own.
func (m *messages) settle(i int) {
	from, _ := m.g.Row(i)
	neighbours, _ := m.g.Neighbours(i)
	for k, j := range neighbours {
		e := from + k
		through := m.part(int(m.reversed[e]), through)
		axpy(1, through, m.lanes(m.own, int(j)))
		clear(through)
	}
}
