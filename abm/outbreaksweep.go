package abm

import "github.com/nudge-abm/nudge/ad"

// adjoints are those of the state of an [outbreak] between two steps, and of the
// numbers that its steps are made with.
type adjoints struct {
	nodes  []float64    // of the nodes of the tape
	s, x   []float64    // of S_i and I_i
	show   [2][]float64 // of i's showing its contacts that it is infectious, or isolated
	all    [2]float64   // on the complete network: of anybody's
	causes []cause
}

// cause is a number on the tape with its adjoint.
type cause struct {
	x       ad.Num
	adjoint float64
}

// stride is a step of an outbreak, through which adjoints flow back.
type stride struct {
	was, is   []State
	signals   []Signal
	heard     [2][]tally // of infectious and isolated, on sparse networks
	heardAll  Felt       // on the complete network, by everybody together
	ofS, ofX  float64    // the adjoints of how many are susceptible and infected after it
	isolating bool       // whether agents may be isolated

	rate, removes, isolates       float64
	toRate, toRemoves, toIsolates float64 // their adjoints
}

// backward carries the adjoint of the series back to the parameters: nodes[1+k] is
// that of active parameter k then.
func (o *outbreak) backward(adjoint []float64) {
	o.fromSeries(adjoint)
	o.s, o.x = zeros(o.s, o.n), zeros(o.x, o.n)
	o.show[0], o.show[1] = zeros(o.show[0], o.n), zeros(o.show[1], o.n)
	for row := o.w.rows - 1; row > 0; row-- {
		o.back(row)
	}
	o.begin()
	o.toParameters()
}

// fromSeries carries the adjoint of the series back to the numbers of agents.
func (o *outbreak) fromSeries(adjoint []float64) {
	o.nodes = zeros(o.nodes, o.w.arena.Nodes())
	for e, x := range o.series {
		o.w.arena.Seed(o.nodes, x, adjoint[e])
	}
	o.w.arena.BackwardTo(o.nodes, o.leaf)
}

// ofState is the adjoint of the number of agents in a state after a row.
func (o *outbreak) ofState(row int, s State) float64 {
	return o.nodes[o.w.arena.Node(o.counts[row*o.States+int(s)])]
}

// back lets the adjoints flow back through the step that makes the row.
func (o *outbreak) back(row int) {
	rate, removes, isolates := o.at(row)
	for i := range o.n {
		o.turn(i)
	}
	for i := range o.n {
		o.shows(i)
	}
	o.all = [2]float64{}
	o.causes = append(o.causes, cause{rate, o.toRate}, cause{removes, o.toRemoves}, cause{isolates, o.toIsolates})
}

// at moves to the step that makes the row.
func (o *outbreak) at(row int) (rate, removes, isolates ad.Num) {
	o.w.step = row
	o.infection.group, o.removal.group, o.isolation.group = -1, -1, -1
	rate, removes = o.Rate(), o.removal.Chance()
	if o.Isolates != nil {
		isolates = o.Isolates()
	}
	o.stride = stride{
		was: o.states[(row-1)*o.n:][:o.n], is: o.states[row*o.n:][:o.n], signals: o.shown[row*o.n:][:o.n],
		heardAll: o.total[row], isolating: !isolates.IsZero(),
		rate: rate.Primal(), removes: removes.Primal(), isolates: isolates.Primal(),
	}
	for k, felt := range o.felt {
		if len(felt) > 0 {
			o.heard[k] = felt[row*o.n:][:o.n]
		}
	}
	o.totals(row)
	o.threats.forget()
	return rate, removes, isolates
}

// totals finds the adjoints of how many agents are susceptible and infected after
// the row; who is neither is removed.
func (o *outbreak) totals(row int) {
	removed := o.ofState(row, o.removed)
	o.ofS, o.ofX = o.ofState(row, o.susceptible)-removed, o.ofState(row, o.infected)-removed
}

// turn lets the adjoints flow back through the turn of agent i:
// S' = S − S·caught, I' = I + S·caught − I·cured. Draws of no consequence in the
// run have one for its derivatives; their luck says how they come out.
func (o *outbreak) turn(i int) {
	s, x := o.s[i]+o.ofS, o.x[i]+o.ofX
	felt := o.threat(i)
	caught, cured := false, false
	if o.was[i] == o.susceptible {
		caught = o.is[i] == o.infected
		o.infect(i, caught, x-s, felt)
	} else {
		caught = felt.infects > 0 && o.infection.luck(o.w, i) < felt.infects
	}
	if o.was[i] == o.infected {
		cured = o.is[i] == o.removed
		o.toRemoves -= o.rule.Slope(o.removes, indicator(cured)) * x
	} else {
		cured = o.removes > 0 && o.removal.luck(o.w, i) < o.removes
	}
	if caught {
		s = x
	}
	if cured {
		x = 0
	}
	o.s[i], o.x[i] = s, x
}

// infect lets the adjoint of a susceptible agent's infection flow back to the rate
// and to what its contacts show.
func (o *outbreak) infect(i int, caught bool, adjoint float64, felt *threat) {
	if caught {
		adjoint *= felt.slopes[1]
	} else {
		adjoint *= felt.slopes[0]
	}
	o.toRate += adjoint * felt.Share
	adjoint *= o.rate
	o.pass(0, i, adjoint*felt.ByInfectious)
	if o.isolating {
		o.pass(1, i, adjoint*felt.ByIsolated)
	}
}

// pass adds an adjoint to those of the contacts' showing a signal.
func (o *outbreak) pass(k, i int, adjoint float64) {
	show := o.show[k]
	if o.complete {
		o.all[k] += adjoint
		show[i] -= adjoint // all but itself
		return
	}
	if adjoint == 0 {
		return
	}
	contacts, _ := o.Network.Neighbours(i)
	for _, j := range contacts {
		show[j] += adjoint
	}
}

// shows lets the adjoints of what agent i shows flow back to its being infected:
// it is infectious with I·(1 − away) and isolated with I·away.
func (o *outbreak) shows(i int) {
	infectious, isolated := o.all[0]+o.show[0][i], o.all[1]+o.show[1][i]
	o.show[0][i], o.show[1][i] = 0, 0
	away := false
	switch {
	case !o.isolating:
	case o.was[i] == o.infected:
		away = o.signals[i] != o.Infectious
		o.toIsolates += o.rule.Slope(o.isolates, indicator(away)) * (isolated - infectious)
	default:
		away = o.isolates > 0 && o.isolation.luck(o.w, i) < o.isolates
	}
	if away {
		o.x[i] += isolated
	} else {
		o.x[i] += infectious
	}
}

// begin lets the adjoints flow back through the draws of the initial infections.
func (o *outbreak) begin() {
	o.totals(0)
	p, adjoint := o.Contagion.Initial, 0.0
	for i, s := range o.states[:o.n] {
		adjoint += o.rule.Slope(p.Primal(), indicator(s == o.infected)) * (o.x[i] + o.ofX - o.s[i] - o.ofS)
	}
	o.causes = append(o.causes, cause{p, adjoint})
}

// toParameters lets the adjoints of what the steps were made with flow back to the
// parameters.
func (o *outbreak) toParameters() {
	clear(o.nodes[o.leaf:]) // they have flowed back
	o.nodes = append(o.nodes, make([]float64, o.w.arena.Nodes()-len(o.nodes))...)
	for _, c := range o.causes {
		o.w.arena.Seed(o.nodes, c.x, c.adjoint)
	}
	o.causes = o.causes[:0]
	o.w.arena.BackwardTo(o.nodes, 0)
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// zeros returns n zeros in the memory of x if it suffices.
func zeros(x []float64, n int) []float64 {
	if cap(x) < n {
		return make([]float64, n)
	}
	x = x[:n]
	clear(x)
	return x
}

func (a *adjoints) bytes() int {
	return 8*(cap(a.nodes)+cap(a.s)+cap(a.x)+cap(a.show[0])+cap(a.show[1])) + 32*cap(a.causes)
}
