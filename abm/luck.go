package abm

import "github.com/nudge-abm/nudge/rng"

// luck caches the uniform numbers of eight neighbouring agents.
type luck struct {
	step    int
	group   int
	purpose Purpose
	u       [8]float64
}

const luckSlots = 8

// uniform returns the uniform number of the purpose at the agent and step.
func (w *World) uniform(p Purpose) float64 {
	c := &w.luck[(p^p>>indexShift)%luckSlots]
	if c.group != w.agent>>3 || c.step != w.step || c.purpose != p {
		w.refill(c, p)
	}
	return c.u[w.agent&7]
}

func (w *World) refill(c *luck, p Purpose) {
	c.group, c.step, c.purpose = w.agent>>3, w.step, p
	at := w.site(p)
	if w.lone {
		c.step, c.u[w.agent&7] = -1, w.seed.Uniform(at.key())
		return
	}
	w.seed.Octet(at.key(), &c.u)
	if w.audit != nil {
		w.audit.note(w, at)
		c.step = -1 // have the next draw noted too
	}
}

// stream returns the luck of a draw that needs more than one uniform number.
func (w *World) stream(p Purpose) rng.Stream {
	at := w.site(p)
	if w.audit != nil {
		w.audit.note(w, at)
	}
	return w.seed.Stream(at.key())
}

// Luck returns the uniform number behind the draw at the site.
func (w *World) Luck(at Site) float64 { return w.seed.Uniform(at.key()) }

// LuckStream returns private luck for an estimator's own use at the site, apart
// from all luck of the run.
func (w *World) LuckStream(at Site) rng.Stream {
	k := at.key()
	k.Purpose |= ownLuck
	return w.seed.Stream(k)
}

// ownLuck sets estimators' purposes apart from models'.
const ownLuck = 1 << 31
