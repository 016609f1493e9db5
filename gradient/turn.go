package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// course is what happens to an agent in a step, in the run and, where the run does
// not tell, in other histories.
type course struct {
	susceptible, sick bool    // before the step, in the run
	caught            bool    // infected in the step, in the run
	idle              bool    // not susceptible in the run, and safe in the step in all other histories
	infects           float64 // what share of the histories in which i is susceptible have it infected
	removes           float64 // what share of those in which i is infected have it removed
}

// turn is the course of an agent in a step, and how it comes about.
type turn struct {
	course
	felt      abm.Felt
	hazard    ad.Num  // of infection, if susceptible
	escapes   float64 // e^−hazard
	isolation float64 // by how much neighbours in isolation change the probability of infection
	changes   [ways]change
	known     [ways]bool
}

// change is the effect on i of a neighbour that differs.
type change struct {
	create   float64 // change of i's probability of infection, per message
	passes   float64 // share of the message that is passed on
	moves    float64 // share of earlier differences that become infected
	critical bool    // the run's infection of i needed this neighbour
}

// way is how a neighbour may differ in another history: as an addition, by the
// signal it would show; as a removal, by the signal it shows; and as one that the
// agent infected itself, and that would not be infected without it.
type way uint8

const (
	addition way = 0
	removal      = addition + signals
	ownChild     = removal + signals
	ways         = ownChild + 1

	signals = way(len(abm.Felt{}))
)

// readWays finds how agents may differ in the step: as removals with what they
// show if they are infected in the run, else as additions with what they would.
func (m *messages) readWays() {
	isolates := ad.Num{}
	if m.t.Isolates != nil {
		isolates = m.t.Isolates()
	}
	tangents(m.t.Arena(), m.isolated, isolates)
	m.isolating = isolates.Active()
	m.removes = m.t.Removes().Primal()
	p := isolates.Primal()
	for i := range m.ways {
		switch {
		case m.t.Was(i) == m.states.infected:
			m.ways[i] = removal + way(m.t.Shown(i))
		case p > 0 && m.t.IsolationLuck(i) < p:
			m.ways[i] = addition + way(m.t.Isolated)
		default:
			m.ways[i] = addition + way(m.t.Infectious)
		}
	}
}

// read finds what happens to agent i in the step.
func (m *messages) read(t *turn, i int) {
	was := m.t.Was(i)
	*t = turn{course: course{susceptible: was == m.states.susceptible, sick: was == m.states.infected}}
	t.removes = m.removes
	if t.sick {
		t.removes = indicator(m.t.Is(i) == m.states.removed)
	}
	from, _ := m.g.Row(i)
	neighbours, _ := m.g.Neighbours(i)
	m.t.Felt(&t.felt, i)
	if !t.susceptible {
		for k, j := range neighbours { // those that i infected would not be there
			if w := m.ways[j]; m.child[from+k] && w >= removal {
				t.felt[w-removal]--
			}
		}
	}
	t.hazard = m.t.Hazard(i, &t.felt)
	t.escapes = math.Exp(-t.hazard.Primal())
	t.infects = 1 - t.escapes
	if t.susceptible {
		t.caught = m.t.Is(i) == m.states.infected
		t.infects = indicator(t.caught)
	} else if t.idle = t.infects == 0; t.idle {
		return
	}
	m.learn(t, i, neighbours)
}

// learn finds the effect of the neighbours on agent i.
func (m *messages) learn(t *turn, i int, neighbours []int32) {
	t.changes[ownChild] = change{moves: t.infects}
	for _, j := range neighbours {
		w := m.ways[j]
		if !t.known[w] {
			t.known[w] = true
			t.changes[w] = m.change(t, i, w)
		}
		if m.isolating && t.susceptible && w >= removal {
			t.isolation += m.isolation(t, i, abm.Signal(w-removal))
		}
	}
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// change returns the effect on agent i of a neighbour that differs in such a way.
func (m *messages) change(t *turn, i int, w way) change {
	if w >= removal {
		return m.removal(t, i, abm.Signal(w-removal))
	}
	c := change{moves: t.infects}
	if t.susceptible {
		c.passes = 1 - m.escapes(t, i, 0, abm.Signal(w))/t.escapes
		c.create = t.escapes * c.passes
	}
	return c
}

// removal is change for a neighbour that is not infected in the other history.
// If the run's infection needed it, the other history goes without.
func (m *messages) removal(t *turn, i int, shown abm.Signal) change {
	escapes := m.escapes(t, i, shown, 0)
	if !t.susceptible {
		return change{moves: 1 - escapes}
	}
	c := change{create: escapes - t.escapes, moves: t.infects}
	if t.caught && m.t.InfectionLuck(i) >= 1-escapes {
		c.critical, c.moves = true, 0
	}
	return c
}

// isolation is the change of i's probability of infection as an infected
// neighbour, which shows shown, goes from infectious to isolated.
func (m *messages) isolation(t *turn, i int, shown abm.Signal) float64 {
	return m.escapes(t, i, shown, m.t.Infectious) - m.escapes(t, i, shown, m.t.Isolated)
}

// escapes returns the probability that i is not infected in the step if a
// neighbour that shows was shows is in its place (0: nothing).
func (m *messages) escapes(t *turn, i int, was, is abm.Signal) float64 {
	if was == is {
		return t.escapes
	}
	felt := t.felt
	felt[was]--
	felt[is]++
	felt[0] = 0
	return math.Exp(-m.t.Hazard(i, &felt).Primal())
}
