package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// Contagion says which parts of a [Local] model are a contagion, in which
// susceptible agents are infected by contacts and removed later, once each. What
// the cavity estimator knows of a model, it knows from here. In the model's Start
// the states are indicators S and I that a step changes by S·(draw of infection)
// and I·(draw of removal), and the infectious are I·(1 − draw of isolation): so
// derivatives by tangents and by [Reverse] are the same.
type Contagion struct {
	// Initial is the probability that an agent is infected at the start, drawn for
	// Seeding; the zero Num if that is not drawn.
	Initial ad.Num
	Seeding Purpose
	// Infection and Removal are indices of Moves: from susceptible to infected, by
	// a hazard, and from there to removed, by a chance.
	Infection, Removal int
	// Infectious is what an infected agent shows.
	Infectious Signal
	// Rate returns the rate of infection in the step times its length, and Pressure
	// the factor by which the contacts multiply it: the hazard of infection is
	// Rate·Share. With both, adjoints need no tape ([Reverse]); they may be nil.
	Rate     func() ad.Num
	Pressure func(contacts, infectious, isolated float64) Pressure
	// Isolates returns the probability that an infected agent shows Isolated
	// instead in the step, drawn for Isolation; nil if there is no such thing.
	Isolates  func() ad.Num
	Isolation Purpose
	Isolated  Signal
}

// Pressure is what a susceptible agent feels of its contacts, so many of
// which are infectious and so many isolated, and the derivatives by both.
type Pressure struct{ Share, ByInfectious, ByIsolated float64 }

// Trace reads the latest run of a world that keeps its history, step by step and
// agent by agent, as a [Contagion] on a network, along with the probabilities of
// its draws, which carry derivatives.
type Trace struct {
	h *history
	w *World // describes the model, with derivatives
	l *local
	*Contagion
}

// Trace makes the world keep the history of its discrete runs and returns what
// reads it, with derivatives by the parameters whose indices are in active. It
// returns nil if the model is no [Contagion] for the setup, or on the complete
// network.
func (w *World) Trace(active []int) *Trace {
	if w.setup.Model.Local == nil {
		return nil
	}
	t := &Trace{w: NewWorld(w.setup, active, nil)}
	t.w.lone = true
	t.Start(w.setup.theta, rng.Seed{})
	if t.l == nil {
		t.Close()
		return nil
	}
	t.h = &history{}
	w.history = t.h
	return t
}

// Start prepares for the run just made at theta with the luck of seed.
func (t *Trace) Start(theta []float64, seed rng.Seed) {
	t.w.reset(theta, seed)
	l := t.w.setup.Model.Local(t.w)
	if !l.serves() || l.Contagion == nil || l.Network.IsComplete() {
		t.l = nil
		return
	}
	t.l, t.Contagion = newLocal(t.w, l), l.Contagion
}

// Local returns the description of the run.
func (t *Trace) Local() *Local { return t.l.Local }

// Arena returns the arena of the derivatives.
func (t *Trace) Arena() *ad.Arena { return t.w.arena }

// At moves to the step that makes the row.
func (t *Trace) At(row int) { t.w.step = row }

// Was returns the state of agent i before the step.
func (t *Trace) Was(i int) State { return t.h.at(t.w.step-1, i).state }

// Is returns the state of agent i after the step.
func (t *Trace) Is(i int) State { return t.h.at(t.w.step, i).state }

// Shown returns the signal that agent i shows in the step.
func (t *Trace) Shown(i int) Signal { return t.h.at(t.w.step, i).shown }

// Felt writes what agent i feels in the step to dst.
func (t *Trace) Felt(dst *Felt, i int) {
	for k, felt := range t.h.at(t.w.step, i).felt {
		dst[k+1] = int32(felt)
	}
}

// Hazard returns the hazard of infection in the step for a susceptible agent i
// that feels felt.
func (t *Trace) Hazard(i int, felt *Felt) ad.Num {
	m := t.l.movers[t.Infection]
	if m.Quiet && felt.nothing() {
		return ad.Num{}
	}
	return m.Hazard(t.l.Network.Degree(i), felt)
}

// Removes returns the probability that an infected agent is removed in the step.
func (t *Trace) Removes() ad.Num { return t.l.movers[t.Removal].Chance() }

// InfectionLuck returns the uniform number behind the draw of agent i's infection
// in the step, whether it was drawn or not.
func (t *Trace) InfectionLuck(i int) float64 {
	return t.w.Luck(Site{t.l.movers[t.Infection].Purpose, i, t.w.step})
}

// IsolationLuck returns the uniform number behind the draw of agent i's isolation
// in the step, whether it was drawn or not.
func (t *Trace) IsolationLuck(i int) float64 { return t.w.Luck(Site{t.Isolation, i, t.w.step}) }

// Counts returns the number of agents in each state after a row.
func (t *Trace) Counts(row int) []float64 { return t.h.counted(row, t.l.States) }

// Close frees what carries the derivatives.
func (t *Trace) Close() { t.w.Close() }
