package abm

import "github.com/nudge-abm/nudge/ad"

// adjoints are those of the state of an [outbreak] between two steps, and of the
// numbers that its steps are made with.
type adjoints struct {
	nodes  []float64 // of the nodes of the tape
	s, x   []float64 // of S_i and I_i
	shows  []shown   // of what i shows its contacts
	all    shown     // on the complete network: of what anybody shows
	causes []cause
}

// shown is an agent's showing that it is infectious, and that it is isolated.
type shown struct{ infectious, isolated float64 }

// cause is a number on the tape with its adjoint.
type cause struct {
	x       ad.Num
	adjoint float64
}

// stride is a step of an outbreak, through which adjoints flow back.
type stride struct {
	was, is   []State
	sorted    []int32 // the agents by their state before it
	until     []int32 // where each state ends there
	signals   []Signal
	heard     [2][]tally // of infectious and isolated, on sparse networks
	heardAll  Felt       // on the complete network, by everybody together
	ofS, ofX  float64    // the adjoints of how many are susceptible and infected after it
	isolating bool       // whether agents may be isolated

	rate, removes, isolates       float64
	toRate, toRemoves, toIsolates float64 // their adjoints
}

// lucks are those of all agents, eight by eight, for their draws in a step.
type lucks struct{ infectionLuck, removalLuck, isolationLuck [][8]float64 }

// backward carries the adjoint of the series back to the parameters: nodes[1+k] is
// that of active parameter k then.
func (o *outbreak) backward(adjoint []float64) {
	o.fromSeries(adjoint)
	o.s, o.x = zeros(o.s, o.n), zeros(o.x, o.n)
	o.shows = zeros(o.shows, o.n)
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

// back lets the adjoints flow back through the step that makes the row. First
// through the agents' draws,
//
//	S' = S − S·caught,   I' = I + S·caught − I·cured,
//
// then through what they show. Draws of no consequence in the run have one for its
// derivatives; their luck says how they come out. The agents are taken state by
// state, which a processor foresees.
func (o *outbreak) back(row int) {
	rate, removes, isolates := o.at(row)
	for s := range State(o.States) {
		switch agents := o.in(s); s {
		case o.susceptible:
			o.backOfSusceptible(agents)
		case o.infected:
			o.backOfInfected(agents)
		default:
			o.backOfOthers(agents)
		}
	}
	o.backOfShows()
	o.causes = append(o.causes, cause{rate, o.toRate}, cause{removes, o.toRemoves}, cause{isolates, o.toIsolates})
}

// at moves to the step that makes the row.
func (o *outbreak) at(row int) (rate, removes, isolates ad.Num) {
	o.w.step = row
	rate, removes = o.Rate(), o.removal.Chance()
	if o.Isolates != nil {
		isolates = o.Isolates()
	}
	o.stride = stride{
		was: o.states[(row-1)*o.n:][:o.n], is: o.states[row*o.n:][:o.n], signals: o.shown[row*o.n:][:o.n],
		sorted: o.order[row*o.n:][:o.n], until: o.ends[row*o.States:][:o.States],
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
	o.infectionLuck = o.luck(o.infectionLuck, o.infection.Purpose)
	o.removalLuck = o.luck(o.removalLuck, o.removal.Purpose)
	if o.isolates > 0 {
		o.isolationLuck = o.luck(o.isolationLuck, o.Isolation)
	}
	return rate, removes, isolates
}

// luck returns that of all agents for a purpose in the step, in the memory of u.
func (o *outbreak) luck(u [][8]float64, purpose Purpose) [][8]float64 {
	if u == nil {
		u = make([][8]float64, (o.n+7)/8)
	}
	for g := range u {
		o.plain.seed.Octet(Site{purpose, 8 * g, o.w.step}.key(), &u[g])
	}
	return u
}

// in returns the agents that were in the state before the step.
func (o *outbreak) in(s State) []int32 {
	if s == 0 {
		return o.sorted[:o.until[0]]
	}
	return o.sorted[o.until[s-1]:o.until[s]]
}

// totals finds the adjoints of how many agents are susceptible and infected after
// the row; who is neither is removed.
func (o *outbreak) totals(row int) {
	removed := o.ofState(row, o.removed)
	o.ofS, o.ofX = o.ofState(row, o.susceptible)-removed, o.ofState(row, o.infected)-removed
}

// backOfSusceptible lets the adjoints flow back through turns of susceptible agents,
// to the rate and to what their contacts show.
func (o *outbreak) backOfSusceptible(agents []int32) {
	for _, i := range agents {
		s, x := o.s[i]+o.ofS, o.x[i]+o.ofX
		felt, caught := o.threat(int(i)), o.is[i] == o.infected
		adjoint := (x - s) * o.slopeOf(felt, caught)
		o.toRate += adjoint * felt.Share
		adjoint *= o.rate
		o.pass(int(i), shown{adjoint * felt.ByInfectious, adjoint * felt.ByIsolated})
		if caught {
			s = x
		}
		if o.removalLuck[i>>3][i&7] < o.removes {
			x = 0
		}
		o.s[i], o.x[i] = s, x
	}
}

// backOfInfected does so through turns of infected agents, to the chance of removal.
func (o *outbreak) backOfInfected(agents []int32) {
	if0, if1 := o.slopes(o.removes)
	for _, i := range agents {
		s, x := o.s[i]+o.ofS, o.x[i]+o.ofX
		caught, cured := o.wouldCatch(int(i)), o.is[i] == o.removed
		if caught {
			s = x
		}
		if cured {
			o.toRemoves -= if1 * x
			x = 0
		} else {
			o.toRemoves -= if0 * x
		}
		o.s[i], o.x[i] = s, x
	}
}

// backOfOthers does so through turns of agents that are neither.
func (o *outbreak) backOfOthers(agents []int32) {
	for _, i := range agents {
		s, x := o.s[i]+o.ofS, o.x[i]+o.ofX
		if o.wouldCatch(int(i)) {
			s = x
		}
		if o.removalLuck[i>>3][i&7] < o.removes {
			x = 0
		}
		o.s[i], o.x[i] = s, x
	}
}

// wouldCatch reports whether agent i would be infected if it were susceptible.
func (o *outbreak) wouldCatch(i int) bool { return o.infectionLuck[i>>3][i&7] < o.threat(i).infects }

// pass adds adjoints to those of what the contacts of agent i show.
func (o *outbreak) pass(i int, adjoint shown) {
	if o.complete {
		o.all.add(adjoint)
		o.shows[i].add(shown{-adjoint.infectious, -adjoint.isolated}) // all but itself
		return
	}
	contacts, _ := o.Network.Neighbours(i)
	shows := o.shows
	if !o.isolating || adjoint.isolated == 0 {
		for _, j := range contacts {
			shows[j].infectious += adjoint.infectious
		}
		return
	}
	for _, j := range contacts {
		shows[j].add(adjoint)
	}
}

func (a *shown) add(b shown) {
	a.infectious += b.infectious
	a.isolated += b.isolated
}

// backOfShows lets the adjoints of what agents show flow back to their being
// infected: they are infectious with I·(1 − away) and isolated with I·away.
func (o *outbreak) backOfShows() {
	if0, if1 := o.slopes(o.isolates)
	for i := range o.shows {
		a := o.shows[i]
		a.add(o.all)
		away := false
		switch {
		case !o.isolating:
		case o.was[i] == o.infected:
			away = o.signals[i] != o.Infectious
			slope := if0
			if away {
				slope = if1
			}
			o.toIsolates += slope * (a.isolated - a.infectious)
		default:
			away = o.isolates > 0 && o.isolationLuck[i>>3][i&7] < o.isolates
		}
		if away {
			o.x[i] += a.isolated
		} else {
			o.x[i] += a.infectious
		}
	}
	clear(o.shows)
	o.all = shown{}
}

// begin lets the adjoints flow back through the draws of the initial infections.
func (o *outbreak) begin() {
	p, adjoint := o.Contagion.Initial, 0.0
	if !p.Active() {
		return
	}
	o.totals(0)
	if0, if1 := o.slopes(p.Primal())
	for i, s := range o.states[:o.n] {
		slope := if0
		if s == o.infected {
			slope = if1
		}
		adjoint += slope * (o.x[i] + o.ofX - o.s[i] - o.ofS)
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

// slopes returns those of a draw with probability p that comes out as 0 and as 1.
func (o *outbreak) slopes(p float64) (if0, if1 float64) {
	return o.rule.Slope(p, 0), o.rule.Slope(p, 1)
}

// zeros returns n zeros in the memory of x if it suffices.
func zeros[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	x = x[:n]
	clear(x)
	return x
}

func (a *adjoints) bytes() int {
	return 8*(cap(a.nodes)+cap(a.s)+cap(a.x)+2*cap(a.shows)) + 32*cap(a.causes)
}
