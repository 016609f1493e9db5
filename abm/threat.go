package abm

import "math"

// threat is what an agent feels in a step of an [outbreak], and what follows for a
// susceptible one.
type threat struct {
	Pressure
	infects float64 // the probability of infection
	escapes float64
	slope   float64 // of its draw, if it comes out as 0, by the hazard
}

// threats keeps those of a step, since many agents feel the same.
type threats struct {
	felt  [threatSlots]felt
	known [threatSlots]threat
}

// felt is how many contacts there are, and how many of them are infectious and
// isolated.
type felt struct{ contacts, infectious, isolated int32 }

const threatSlots = 512

// forget is for the next step.
func (t *threats) forget() {
	for i := range t.felt {
		t.felt[i].contacts = -1
	}
}

// slot returns where a threat is, if it is known.
func (f felt) slot() uint32 {
	return (uint32(f.infectious) ^ uint32(f.contacts)<<5 ^ uint32(f.isolated)<<3) % threatSlots
}

// threat returns what agent i feels.
func (o *outbreak) threat(i int) *threat {
	f := o.feel(i)
	at := f.slot()
	if o.threats.felt[at] != f {
		o.threats.felt[at], o.threats.known[at] = f, o.newThreat(f)
	}
	return &o.threats.known[at]
}

// feel counts the contacts of agent i.
func (o *outbreak) feel(i int) felt {
	f := felt{contacts: o.contacts[i]}
	if o.complete {
		all := o.heardAll
		all[o.signals[i]]--
		all[0] = 0
		f.infectious, f.isolated = all[o.Infectious], all[o.Isolated]
		return f
	}
	if o.heard[0] != nil {
		f.infectious = int32(o.heard[0][i])
	}
	if o.heard[1] != nil {
		f.isolated = int32(o.heard[1][i])
	}
	return f
}

func (o *outbreak) newThreat(f felt) threat {
	t := threat{Pressure: o.Pressure(float64(f.contacts), float64(f.infectious), float64(f.isolated))}
	h := o.rate * t.Share
	t.escapes = math.Exp(-h)
	if t.infects = 1 - t.escapes; h < 0.01 { // else that is exact enough
		t.infects = min(h, -math.Expm1(-h))
	}
	t.slope = o.rule.Slope(t.infects, 0) * t.escapes
	return t
}

// slopeOf returns the slope of the draw of infection by the hazard.
func (o *outbreak) slopeOf(t *threat, caught bool) float64 {
	if caught {
		return o.rule.Slope(t.infects, 1) * t.escapes
	}
	return t.slope
}
