package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
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
	contagion
	active int
	linear bool // whether other histories do without each other: only to compare with [prospects]
	bridge []bool
	turn   turn
	turns  []course

	own, infection []float64 // agents × P; infection: the derivative of I_i
	rooted         []float64 // agents × P: what of −own is due to i's own draws
	total          []float64 // agents × P: moved from S to I in the step
	kept           []float64 // contacts of network.Row × parts × P

	weight               []float64 // P: all that other histories started with so far
	others               []float64 // P
	root, heal, isolated []float64 // P: of the step or the agent
	counts               []float64 // states × P, derivatives of the numbers of agents
	countsBefore         []float64
}

// The parts kept of a contact from i to j, P numbers each, side by side.
const (
	through = iota // what came to i by j
	moved          // what of it moved from S to I in the step
	message        // goes from i to j
	passed         // of it, passed on early
	parts
)

func newMessages(t *abm.Trace, active int) *messages {
	l := t.Local()
	_, contacts := l.Network.Row(l.Network.Len() - 1)
	agents := func() []float64 { return make([]float64, l.Network.Len()*active) }
	lanes := func() []float64 { return make([]float64, active) }
	return &messages{
		contagion: newContagion(t), active: active,
		bridge: l.Network.Bridges(), turns: make([]course, l.Network.Len()),
		own: agents(), infection: agents(), rooted: agents(), total: agents(),
		kept:   make([]float64, contacts*parts*active),
		weight: lanes(), others: lanes(), root: lanes(), heal: lanes(), isolated: lanes(),
		counts: make([]float64, l.States*active), countsBefore: make([]float64, l.States*active),
	}
}

// lanes returns the P numbers at place i of an array.
func (m *messages) lanes(array []float64, i int) []float64 { return array[i*m.active:][:m.active] }

// part returns the P numbers kept of a contact.
func (m *messages) part(contact, part int) []float64 {
	return m.kept[(contact*parts+part)*m.active:][:m.active]
}

// start sends on the derivatives of the initial draws: in another history i is
// infected from the start, or is not.
func (m *messages) start() {
	for _, a := range [][]float64{m.kept, m.counts, m.weight} {
		clear(a)
	}
	m.contagion.start()
	d := m.root
	tangents(m.t.Arena(), d, m.t.Initial)
	for i := range m.g.Len() {
		copy(m.lanes(m.infection, i), d)
		copy(m.lanes(m.rooted, i), d)
		for k, v := range d {
			m.own[i*m.active+k] = -v
			m.weight[k] += math.Abs(v)
		}
		first, neighbours := m.contacts(i)
		for k := range neighbours {
			copy(m.part(first+k, message), d)
		}
	}
	m.count(float64(m.g.Len()), d)
}

// count adds n times what moved from susceptible to infected to the derivatives of
// the numbers of agents.
func (m *messages) count(n float64, moved []float64) {
	axpy(-n, moved, m.lanes(m.counts, int(m.susceptible)))
	axpy(n, moved, m.lanes(m.counts, int(m.infected)))
}

// step goes along the step that makes the row.
func (m *messages) step(row int) {
	copy(m.countsBefore, m.counts)
	m.at(row)
	tangents(m.t.Arena(), m.heal, m.t.Removes())
	tangents(m.t.Arena(), m.isolated, m.isolates)
	n := m.g.Len()
	for i := range n {
		m.infect(i)
	}
	for i := range n {
		m.pass(i)
		m.remove(i)
	}
	for i := range n {
		if m.turns[i].moved {
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
	first, neighbours := m.contacts(i)
	for k, j := range neighbours {
		m.hear(t, total, first+k, int(j))
	}
	m.count(1, total)
}

// hear moves what comes through one contact.
func (m *messages) hear(t *turn, total []float64, e, j int) {
	back := int(m.reversed[e])
	c, w := m.contagion.through(t, e, j)
	here := m.kept[e*parts*m.active:][:2*m.active]
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
	loops := w < removal && !m.bridge[e] && !m.linear // these histories may have infected i in another way
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
	first, neighbours := m.contacts(i)
	for k := range neighbours {
		axpy(1, m.part(first+k, through), m.others)
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
	if m.isolates.Active() {
		_, neighbours := m.contacts(i)
		for _, j := range neighbours {
			if w := m.ways[j]; w >= removal {
				axpy(m.isolation(t, i, abm.Signal(w-removal)), m.isolated, m.root)
			}
		}
	}
	rooted := m.lanes(m.rooted, i)
	for k, d := range m.root {
		rooted[k] += d
		m.weight[k] += math.Abs(d)
	}
}
