package sir

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
)

// The states and signals of the discrete form.
const (
	stateS abm.State = iota
	stateI
	stateR
)
const (
	showsInfection abm.Signal = 1 + iota
	showsAway
)

// discrete is the same epidemic with one discrete state an agent.
type discrete struct {
	schedule
	w        *abm.World
	g        *network.Network
	rates    []ad.Num // of the step that makes each row
	isolated []ad.Num
	i0       ad.Num
	cases    map[int]bool // the index cases, if their number is given
}

// local returns the discrete form; weighted networks have none.
func local(w *abm.World) *abm.Local {
	g := w.Shared().(*network.Network)
	if g.Weighted() {
		return nil
	}
	d := &discrete{schedule: newSchedule(w, g.Len()), w: w, g: g, i0: w.Param("initial")}
	for row := range w.Rows() {
		d.rates = append(d.rates, d.rate(row))
		d.isolated = append(d.isolated, d.isolates(row))
	}
	if cases := w.Int("index_cases"); cases > 0 {
		d.cases = map[int]bool{}
		for _, i := range w.Sample(seeding, g.Len(), cases) {
			d.cases[i] = true
		}
	}
	return &abm.Local{
		Network: g, States: 3, Signals: 2,
		Initial: d.initial,
		Show:    d.show, Shows: []abm.State{stateI},
		Moves: []abm.Move{
			{From: stateS, To: stateI, Purpose: infection, Hazard: d.hazard, Quiet: true},
			{From: stateI, To: stateR, Purpose: recovery, Chance: func() ad.Num { return d.recovers }},
		},
		Ends:      []abm.State{stateR},
		Contagion: d.contagion(),
		Observe:   d.record,
	}
}

// contagion tells the parts of the epidemic from each other.
func (d *discrete) contagion() *abm.Contagion {
	c := &abm.Contagion{
		Infection: 0, Removal: 1,
		Infectious: showsInfection,
		Rate:       func() ad.Num { return d.rates[d.w.Step()] },
		Pressure:   d.pressure,
		Isolates:   func() ad.Num { return d.isolated[d.w.Step()] }, Isolation: compliance,
	}
	if d.replaced {
		c.Isolated = showsAway
	}
	if d.cases == nil {
		c.Initial, c.Seeding = d.i0, seeding
	}
	return c
}

func (d *discrete) initial(i int) abm.State {
	if d.cases != nil {
		if d.cases[i] {
			return stateI
		}
		return stateS
	}
	if d.w.Bernoulli(seeding, d.i0).Primal() == 1 {
		return stateI
	}
	return stateS
}

func (d *discrete) show(int, abm.State) abm.Signal {
	p := d.isolated[d.w.Step()]
	switch {
	case d.w.Never(compliance, p) || d.w.Bernoulli(compliance, p).Primal() == 0:
		return showsInfection
	case d.replaced:
		return showsAway
	}
	return 0
}

func (d *discrete) hazard(contacts float64, felt *abm.Felt) ad.Num {
	if felt[showsInfection] == 0 {
		return ad.Num{}
	}
	return d.rates[d.w.Step()].Times(1 / d.present(contacts, float64(felt[showsAway])) * float64(felt[showsInfection]))
}

// present is how many contacts the hazard is shared among.
func (d *discrete) present(contacts, away float64) float64 {
	if d.replaced {
		return max(least(contacts), contacts-away)
	}
	return contacts
}

// pressure is what [discrete.hazard] multiplies the rate by.
func (d *discrete) pressure(contacts, infectious, away float64) abm.Pressure {
	if contacts == 0 {
		return abm.Pressure{}
	}
	each := 1 / d.present(contacts, away)
	x := abm.Pressure{Share: each * infectious, ByInfectious: each}
	if d.replaced {
		x.ByIsolated = x.Share * each * decline(contacts-away, least(contacts))
	}
	return x
}

// decline is by how much max(x, least) falls if x does; at a tie it is [ad.Max]'s.
func decline(x, least float64) float64 {
	switch {
	case x > least:
		return 1
	case x < least:
		return 0
	}
	return 0.5
}

// record writes a row from the numbers in each state.
func (d *discrete) record(out, before, now []ad.Num) {
	oldS, oldX := ad.Const(d.agents), ad.Num{}
	if before != nil {
		oldS, oldX = before[stateS], before[stateI]
	}
	d.observables(out, oldS, oldX, now[stateS], now[stateI])
}
