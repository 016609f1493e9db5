package abm

import (
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// outbreak is a run of a [Contagion] recorded by what every agent did and felt.
// That tells all local derivatives in between the states of agents, so adjoints
// flow back through it without a tape. On the tape is only how the rates come from
// the parameters and the observables from the numbers of agents.
type outbreak struct {
	rule  SlopeRule
	plain *World // makes the run
	w     *World // describes it, on a tape
	*Local
	*Contagion
	susceptible, infected, removed State
	infection, removal             *Move

	n        int
	complete bool
	contacts []int32 // how many each agent has

	states []State    // by row and agent, after the row
	order  []int32    // agents by row and their state before it
	ends   []int32    // by row and state: where the agents in it end in order
	shown  []Signal   // in the step that makes the row
	felt   [2][]tally // of infectious and isolated in it, on sparse networks
	total  []Felt     // by row, on the complete network
	counts []ad.Num   // by row and state: leaves of the tape
	leaf   int        // node of the first
	series []ad.Num   // by row and observable

	adjoints
	stride
	lucks
	threats threats
}

// recordOfTurn is the bytes of record that an agent takes in a step.
const recordOfTurn = 10

// newOutbreak returns what makes the runs of w's setup as outbreaks, or nil if the
// rule does not allow it or the model cannot.
func newOutbreak(w *World) *outbreak {
	rule, ok := w.rule.(SlopeRule)
	if !ok || debug || w.setup.Model.Local == nil {
		return nil
	}
	o := &outbreak{rule: rule, w: w, plain: NewWorld(w.setup, nil, nil)}
	o.plain.history = o
	return o
}

// run makes a run whose record takes at most limit bytes. It reports false if the
// model is no contagion at these settings, or too large.
func (o *outbreak) run(theta []float64, seed rng.Seed, limit int) (done bool, err error) {
	if !o.describe(theta, seed, limit) {
		return false, nil
	}
	if err := o.plain.Run(theta, seed); err != nil {
		return true, err
	}
	o.observe()
	return true, nil
}

// describe puts the description of a run on the tape. It reports false where run
// does.
func (o *outbreak) describe(theta []float64, seed rng.Seed, limit int) bool {
	if o == nil {
		return false
	}
	o.w.reset(theta, seed)
	l := o.w.setup.Model.Local(o.w)
	if !l.serves() || !l.Contagion.adjoins() || recordOfTurn*l.Network.Len()*o.w.rows > limit {
		return false
	}
	c := l.Contagion
	o.Local, o.Contagion = l, c
	o.meet(l.Network)
	o.infection, o.removal = &l.Moves[c.Infection], &l.Moves[c.Removal]
	o.susceptible, o.infected, o.removed = o.infection.From, o.infection.To, o.removal.To
	return o.removed != o.susceptible
}

// meet makes the agents those of a network.
func (o *outbreak) meet(g *network.Network) {
	if o.n == g.Len() { // worlds keep to one
		return
	}
	o.n, o.complete, o.contacts = g.Len(), g.IsComplete(), make([]int32, g.Len())
	for i := range o.contacts {
		o.contacts[i] = int32(g.Degree(i))
	}
}

// adjoins reports whether the contagion says what adjoints need.
func (c *Contagion) adjoins() bool { return c != nil && c.Rate != nil && c.Pressure != nil }

// record keeps the row that the plain run has just made.
func (o *outbreak) record(r *local) {
	row := r.w.step
	if row == 0 {
		o.states, o.shown, o.total, o.counts = o.states[:0], o.shown[:0], o.total[:0], o.counts[:0]
		o.felt[0], o.felt[1] = o.felt[0][:0], o.felt[1][:0]
		o.order, o.ends = o.order[:0], o.ends[:0]
		o.leaf = o.w.arena.Nodes()
	}
	o.states, o.shown = append(o.states, r.state...), append(o.shown, r.shown...)
	o.total = append(o.total, r.total)
	o.order, o.ends = append(o.order, r.order...), append(o.ends, r.place[:r.States]...)
	o.felt[0] = append(o.felt[0], r.felt[o.Infectious]...)
	o.felt[1] = append(o.felt[1], r.felt[o.Isolated]...)
	for _, n := range r.counts {
		o.counts = append(o.counts, o.w.arena.Leaf(n))
	}
}

// observe puts on the tape how the observables that are wanted come from the
// numbers of agents.
func (o *outbreak) observe() {
	observables := len(o.w.setup.Model.Observables)
	o.series = append(o.series[:0], make([]ad.Num, o.w.rows*observables)...)
	var before []ad.Num
	for row := range o.w.rows {
		now := o.counts[row*o.States:][:o.States]
		o.w.step = row
		out := o.series[row*observables:][:observables]
		o.Observe(out, before, now)
		for c := range out {
			if !o.w.Wants(c) {
				out[c] = ad.Num{}
			}
		}
		before = now
	}
}

// bytes returns the memory held.
func (o *outbreak) bytes() int {
	if o == nil {
		return 0
	}
	return cap(o.states) + cap(o.shown) + 4*cap(o.order) + 2*(cap(o.felt[0])+cap(o.felt[1])) + o.adjoints.bytes()
}

func (o *outbreak) want(observables, rows []int) {
	if o != nil {
		o.plain.Want(observables, rows)
	}
}

func (o *outbreak) close() {
	if o != nil {
		o.plain.Close()
	}
}
