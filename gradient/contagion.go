package gradient

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
)

// contagion tells what happens along the contacts of a network in the steps of a
// run of an [abm.Contagion], and what would happen if agents differed.
type contagion struct {
	t                             *abm.Trace
	g                             *network.Network
	susceptible, infected, healed abm.State

	reversed []uint32
	since    []int32 // by contact: the row in which i infected j, which would not have been without; or never
	ways     []way   // of agents to differ from the run in the step
	row      int32
	removes  float64 // the probability to be removed in the step
	isolates ad.Num  // the probability to be isolated in the step
}

// never is after all rows.
const never = math.MaxInt32

func newContagion(t *abm.Trace) contagion {
	l := t.Local()
	_, contacts := l.Network.Row(l.Network.Len() - 1)
	infection, removal := l.Moves[t.Infection], l.Moves[t.Removal]
	return contagion{
		t: t, g: l.Network, susceptible: infection.From, infected: infection.To, healed: removal.To,
		reversed: l.Network.Reversed(), since: make([]int32, contacts), ways: make([]way, l.Network.Len()),
	}
}

// start prepares for another run.
func (c *contagion) start() {
	for e := range c.since {
		c.since[e] = never
	}
}

// at moves to the step that makes the row.
func (c *contagion) at(row int) {
	c.t.At(row)
	c.row = int32(row)
	c.removes, c.isolates = c.t.Removes().Primal(), ad.Num{}
	if c.t.Isolates != nil {
		c.isolates = c.t.Isolates()
	}
	c.readWays()
}

// ownChild reports whether j, at the other end of the contact from i, was infected
// by i and would not have been without.
func (c *contagion) ownChild(e int) bool { return c.since[e] < c.row }

// contacts returns the neighbours of agent i, and the place of the first contact
// in the list of [network.Network.Row].
func (c *contagion) contacts(i int) (first int, neighbours []int32) {
	first, _ = c.g.Row(i)
	neighbours, _ = c.g.Neighbours(i)
	return first, neighbours
}

// way is how a neighbour may differ in another history: as an addition, by the
// signal it would show; as a removal, by the signal it shows; and as one that the
// agent infected itself, and that would not be infected without it.
type way uint8

const (
	addition way = 0
	removal      = addition + signals
	child        = removal + signals
	ways         = child + 1

	signals = way(len(abm.Felt{}))
)

// readWays finds how agents may differ in the step: as removals with what they
// show if they are infected in the run, else as additions with what they would.
func (c *contagion) readWays() {
	p := c.isolates.Primal()
	for i := range c.ways {
		switch {
		case c.t.Was(i) == c.infected:
			c.ways[i] = removal + way(c.t.Shown(i))
		case p > 0 && c.t.IsolationLuck(i) < p:
			c.ways[i] = addition + way(c.t.Isolated)
		default:
			c.ways[i] = addition + way(c.t.Infectious)
		}
	}
}

// course is what happens to an agent in a step, in the run and, where the run does
// not tell, in other histories.
type course struct {
	susceptible, sick bool    // before the step, in the run
	caught            bool    // infected in the step, in the run
	moved             bool    // to another state in the step, in the run
	idle              bool    // not susceptible in the run, and safe in the step in all other histories
	infects           float64 // what share of the histories in which i is susceptible have it infected
	removes           float64 // what share of those in which i is infected have it removed
}

// turn is the course of an agent in a step, and how it comes about.
type turn struct {
	course
	felt    abm.Felt
	hazard  ad.Num  // of infection, if susceptible
	escapes float64 // e^−hazard
	changes [ways]change
	known   [ways]bool
}

// change is the effect on i of a neighbour that differs.
type change struct {
	create   float64 // change of i's probability of infection, per message
	passes   float64 // share of the message that is passed on
	moves    float64 // share of earlier differences that become infected
	critical bool    // the run's infection of i needed this neighbour
}

// read finds what happens to agent i in the step.
func (c *contagion) read(t *turn, i int) {
	was, is := c.t.Was(i), c.t.Is(i)
	*t = turn{course: course{susceptible: was == c.susceptible, sick: was == c.infected, moved: was != is, removes: c.removes}}
	if t.sick {
		t.removes = indicator(is == c.healed)
	}
	c.t.Felt(&t.felt, i)
	if !t.susceptible {
		first, neighbours := c.contacts(i)
		for k, j := range neighbours { // those that i infected would not be there
			if w := c.ways[j]; w >= removal && c.ownChild(first+k) {
				t.felt[w-removal]--
			}
		}
	}
	t.hazard = c.t.Hazard(i, &t.felt)
	t.escapes = math.Exp(-t.hazard.Primal())
	t.infects = 1 - t.escapes
	if t.susceptible {
		t.caught = is == c.infected
		t.infects = indicator(t.caught)
	} else if t.idle = t.infects == 0; t.idle {
		return
	}
	t.changes[child] = change{moves: t.infects}
	first, neighbours := c.contacts(i)
	for k, j := range neighbours {
		w := c.ways[j]
		if !t.known[w] {
			t.known[w] = true
			t.changes[w] = c.change(t, i, w)
		}
		if t.changes[w].critical {
			c.since[c.reversed[first+k]] = c.row
		}
	}
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// through returns the effect of agent j on the agent whose turn it is, at the
// other end of contact e.
func (c *contagion) through(t *turn, e, j int) (*change, way) {
	w := c.ways[j]
	if c.ownChild(e) {
		w = child
	}
	return &t.changes[w], w
}

// change returns the effect on agent i of a neighbour that differs in such a way.
func (c *contagion) change(t *turn, i int, w way) change {
	if w >= removal {
		return c.removal(t, i, abm.Signal(w-removal))
	}
	x := change{moves: t.infects}
	if t.susceptible {
		x.passes = 1 - c.escapes(t, i, 0, abm.Signal(w))/t.escapes
		x.create = t.escapes * x.passes
	}
	return x
}

// removal is change for a neighbour that is not infected in the other history.
// If the run's infection needed it, the other history goes without.
func (c *contagion) removal(t *turn, i int, shown abm.Signal) change {
	escapes := c.escapes(t, i, shown, 0)
	if !t.susceptible {
		return change{moves: 1 - escapes}
	}
	x := change{create: escapes - t.escapes, moves: t.infects}
	if t.caught && c.t.InfectionLuck(i) >= 1-escapes {
		x.critical, x.moves = true, 0
	}
	return x
}

// isolation is the change of i's probability of infection as an infected
// neighbour, which shows shown, goes from infectious to isolated.
func (c *contagion) isolation(t *turn, i int, shown abm.Signal) float64 {
	return c.escapes(t, i, shown, c.t.Infectious) - c.escapes(t, i, shown, c.t.Isolated)
}

// escapes returns the probability that i is not infected in the step if a
// neighbour that shows was shows is in its place (0: nothing).
func (c *contagion) escapes(t *turn, i int, was, is abm.Signal) float64 {
	if was == is {
		return t.escapes
	}
	felt := t.felt
	felt[was]--
	felt[is]++
	felt[0] = 0
	return math.Exp(-c.t.Hazard(i, &felt).Primal())
}
