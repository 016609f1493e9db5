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
	n        float64
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
	d := &discrete{schedule: newSchedule(w, g.Len()), w: w, g: g, n: float64(g.Len()), i0: w.Param("initial")}
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
	if d.replaced {
		contacts = max(least(contacts), contacts-float64(felt[showsAway]))
	}
	return d.rates[d.w.Step()].Times(1 / contacts * float64(felt[showsInfection]))
}

// record writes a row with the very expressions of [run.observe].
func (d *discrete) record(out, before, now []float64) {
	s, x := now[stateS], now[stateI]
	oldS, oldX := d.n, 0.0
	if before != nil {
		oldS, oldX = before[stateS], before[stateI]
	}
	out[newInfections] = (oldS - s) * d.unit
	out[newRecoveries] = (oldS + oldX - (s + x)) * d.unit
	out[susceptible] = s * d.unit
	out[infected] = x * d.unit
	out[recovered] = (-(s + x) + d.n) * d.unit
}
