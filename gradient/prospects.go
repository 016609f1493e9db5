package gradient

import "github.com/nudge-abm/nudge/abm"

// prospects forecasts by how much a loss changes with every draw of a run of a
// contagion, by one pass back along the contacts, whatever the number of
// parameters: the adjoint of [messages], but for the histories that a loop or
// the infection of an agent spared brings together.
type prospects struct {
	contagion
	p      *Problem
	w      *abm.World // of the run
	trace  *abm.Trace
	slopes stateSlopes
	turn   turn

	// What a unit of each number that messages keeps adds to the loss.
	own, ill, total                 []float64 // by agent; ill: of being infected from the row on
	through, moved, message, passed []float64 // by contact
	counts                          []float64 // rows × states
	well, healed                    float64   // of being susceptible, removed from the row on

	infections, removals, isolations []float64 // rows × agents: of the draws
	seedings                         []float64 // agents
}

// newProspects returns nil if the model is no contagion on a sparse network.
func newProspects(p *Problem) *prospects {
	w := p.world(nil)
	trace := w.Trace(p.Active)
	if trace == nil {
		w.Close()
		return nil
	}
	n := trace.Local().Network.Len()
	_, contacts := trace.Local().Network.Row(n - 1)
	rows, _, _ := p.Shape()
	array := func(n int) []float64 { return make([]float64, n) }
	return &prospects{
		contagion: newContagion(trace), p: p, w: w, trace: trace,
		own: array(n), ill: array(n), total: array(n),
		through: array(contacts), moved: array(contacts), message: array(contacts), passed: array(contacts),
		counts:     array(rows * trace.Local().States),
		infections: array(rows * n), removals: array(rows * n), isolations: array(rows * n), seedings: array(n),
	}
}

// run makes the run with the luck given.
func (o *prospects) run(run uint64) (series []float64, err error) {
	luck := o.p.Luck(run)
	if err := o.w.Run(o.p.Theta, luck); err != nil {
		return nil, err
	}
	o.trace.Start(o.p.Theta, luck)
	return o.w.Series(nil), nil
}

// sweep makes the forecasts for a loss with the adjoint dL/d(series).
func (o *prospects) sweep(adjoint []float64) error {
	rows, _, _ := o.p.Shape()
	o.worth(adjoint)
	o.start()
	for row := 1; row < rows; row++ {
		o.at(row)
		o.findChildren()
	}
	for _, a := range [][]float64{o.own, o.ill, o.through, o.message, o.passed, o.isolations} {
		clear(a)
	}
	o.well, o.healed = 0, 0
	for row := rows - 1; row > 0; row-- {
		o.at(row)
		o.gain(row)
		o.settle()
		o.pass(row)
		for i := range o.g.Len() {
			o.infect(row, i)
		}
	}
	o.gain(0)
	for i := range o.seedings {
		o.seedings[i] = o.ill[i] - o.well - o.own[i]
		first, neighbours := o.contacts(i)
		for k := range neighbours {
			o.seedings[i] += o.message[first+k]
		}
	}
	return nil
}

// worth finds what an agent more in a state after a row adds to the loss.
func (o *prospects) worth(adjoint []float64) {
	rows, observables, _ := o.p.Shape()
	states := o.trace.Local().States
	clear(o.counts)
	for row := range rows {
		o.slopes.of(o.p, o.trace, row, func(c, state int, before bool, slope float64) {
			if before {
				state -= states
			}
			o.counts[row*states+state] += slope * adjoint[row*observables+c]
		})
	}
}

// findChildren finds who is infected in the step by somebody without whom it would
// not be.
func (o *prospects) findChildren() {
	for i := range o.g.Len() {
		if o.t.Was(i) == o.contagion.susceptible && o.t.Is(i) == o.infected {
			o.read(&o.turn, i)
		}
	}
}

// gain adds what the numbers of agents after the row are worth.
func (o *prospects) gain(row int) {
	worth := o.counts[row*o.trace.Local().States:]
	o.well += worth[o.contagion.susceptible]
	o.healed += worth[o.contagion.healed]
	for i := range o.ill {
		o.ill[i] += worth[o.infected]
	}
}

// settle goes back over [messages.settle].
func (o *prospects) settle() {
	for i := range o.g.Len() {
		if o.t.Was(i) == o.t.Is(i) {
			continue
		}
		first, neighbours := o.contacts(i)
		for k, j := range neighbours {
			o.through[o.reversed[first+k]] = o.own[j]
		}
	}
}

// pass goes back over [messages.pass] and [messages.remove].
func (o *prospects) pass(row int) {
	for i := range o.g.Len() {
		was, is := o.t.Was(i), o.t.Is(i)
		sick, removes := was == o.infected, o.removes
		if sick {
			removes = indicator(is == o.contagion.healed)
		}
		caught := was == o.contagion.susceptible && is == o.infected
		sum := 0.0
		first, neighbours := o.contacts(i)
		for e := first; e < first+len(neighbours); e++ {
			out := o.message[e]
			sum += out
			o.moved[e], o.message[e] = -out, out*(1-removes)
			if caught {
				o.passed[e] = out
			}
		}
		o.total[i] = sum + o.ill[i] - o.well
		o.removals[row*o.g.Len()+i] = o.healed - o.ill[i] - sum
		o.ill[i] = (1-removes)*o.ill[i] + removes*o.healed
	}
}

// infect goes back over [messages.infect].
func (o *prospects) infect(row, i int) {
	t := &o.turn
	o.read(t, i)
	v := o.total[i] - o.own[i]
	o.infections[row*o.g.Len()+i] = v
	if t.idle {
		return
	}
	o.own[i] += t.infects * v
	first, neighbours := o.contacts(i)
	for k, j := range neighbours {
		e, back := first+k, o.reversed[first+k]
		c, w := o.contagion.through(t, e, int(j))
		out := o.total[i] + o.moved[e] - o.through[e]
		o.through[e] += c.moves * out
		o.message[back] += c.create*out + c.passes*(o.passed[back]-o.message[back])
		if t.susceptible && w >= removal && o.isolates.Active() {
			o.isolations[row*o.g.Len()+int(j)] += o.isolation(t, i, abm.Signal(w-removal)) * v
		}
	}
}

// slope returns by how much the loss changes with the outcome of a draw.
func (o *prospects) slope(at abm.Site, _ int) float64 {
	if at.Step == 0 {
		if at.Purpose == o.t.Seeding {
			return o.seedings[at.Agent]
		}
		return 0
	}
	place := at.Step*o.g.Len() + at.Agent
	switch moves := o.t.Local().Moves; at.Purpose {
	case moves[o.t.Infection].Purpose:
		return o.infections[place]
	case moves[o.t.Removal].Purpose:
		return o.removals[place]
	case o.t.Isolation:
		return o.isolations[place]
	}
	return 0
}

// Close frees the worlds.
func (o *prospects) Close() {
	o.w.Close()
	o.trace.Close()
}
