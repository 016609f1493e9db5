package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// Move is how agents leave a state by a single draw in a step, each with the
// probability that any other agent in the state with as many contacts would have
// that feels the same. Give either Chance or Hazard.
type Move struct {
	From, To State
	Purpose  Purpose // of the draw

	// Chance returns the probability of the move in the step, as for
	// [World.Bernoulli], if it does not depend on what is felt.
	Chance func() ad.Num
	// Hazard returns the hazard of the move in the step, as for [World.Event], for
	// an agent with so many contacts that feels felt.
	Hazard func(contacts float64, felt *Felt) ad.Num
	// Quiet says that the hazard is 0 for those who feel nothing.
	Quiet bool
}

// mover makes the draws of a Move, step by step.
type mover struct {
	*Move
	alike  bool       // whether everybody in the state has the same chance in the step
	chance ad.Num     // if so
	group  int        // of eight agents, whose luck is in u
	u      [8]float64 // for this move in this step
}

// deaf reports whether the move does not depend on what is felt.
func (m *mover) deaf() bool { return m.Chance != nil }

// nothing reports whether no signal is felt.
func (f *Felt) nothing() bool { return f[1]|f[2]|f[3] == 0 }

// ready prepares the moves for a step.
func (r *local) ready() {
	for _, m := range r.movers {
		m.group = -1
		switch {
		case m.deaf():
			m.alike, m.chance = true, m.Chance()
		case r.complete && !r.shows[m.From]:
			m.alike, m.chance = true, m.likelihood(r.Network.Degree(0), &r.total)
		}
	}
}

// likelihood returns the probability of the move for an agent with so many
// contacts that feels felt.
func (m *mover) likelihood(contacts float64, felt *Felt) ad.Num {
	if m.Quiet && felt.nothing() {
		return ad.Num{}
	}
	hazard := m.Hazard(contacts, felt)
	h := hazard.Primal()
	return hazard.Chain(-math.Expm1(-h), math.Exp(-h))
}

// turn returns the state of an agent, whose turn it is, after the step.
func (r *local) turn(i int, s State, felt *Felt) State {
	m := r.moves[s]
	if m == nil {
		return r.Next(i, s, felt)
	}
	var drawn ad.Num
	switch {
	case m.deaf():
		drawn = r.w.Bernoulli(m.Purpose, m.Chance())
	case m.Quiet && felt.nothing():
	case m.alike:
		drawn = r.w.Bernoulli(m.Purpose, m.chance)
	default:
		drawn = r.w.Event(m.Purpose, m.Hazard(r.Network.Degree(i), felt))
	}
	if drawn.Primal() == 1 {
		return m.To
	}
	return s
}

// happens reports whether agent i makes the move in a plain step.
func (r *local) happens(m *mover, i int) bool {
	if m.alike {
		p := m.chance.Primal()
		if !(0 <= p && p <= 1) {
			r.w.agent = i
			r.w.probability(m.Purpose, p)
		}
		return p > 0 && m.luck(r.w, i) < p
	}
	felt := r.feel(i)
	if m.Quiet && felt.nothing() {
		return false
	}
	h := m.Hazard(r.Network.Degree(i), felt).Primal()
	if !(h > 0) {
		r.w.agent = i
		r.w.Event(m.Purpose, ad.Const(h)) // fails unless it is 0
		return false
	}
	u := m.luck(r.w, i)
	return u < h && u < -math.Expm1(-h) // the probability is at most h
}

// luck returns the uniform number of agent i for the move in the step.
func (m *mover) luck(w *World, i int) float64 {
	if m.group != i>>3 {
		m.refill(w, i)
	}
	return m.u[i&7]
}

func (m *mover) refill(w *World, i int) {
	m.group = i >> 3
	w.seed.Octet(Site{m.Purpose, i, w.step}.key(), &m.u)
}
