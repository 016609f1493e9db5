package gradient

import "math"

// pass brings the messages of agent i up to date.
func (m *messages) pass(i int) {
	t := &m.turns[i]
	first, neighbours := m.contacts(i)
	for k, j := range neighbours {
		e := first + k
		switch {
		case t.sick:
			m.passSick(t, i, int(j), e)
		case m.turns[j].susceptible || t.caught:
			m.passOn(t, i, e)
		}
	}
}

// passSick brings a message of an agent infected in the run up to date. Where i,
// missing in the other history, is infected there, too, so is what hung on it.
func (m *messages) passSick(t *course, i, j, e int) {
	total, message, moved := m.lanes(m.total, i), m.part(e, message), m.part(e, moved)
	theirs, hung := m.lanes(m.own, j), m.part(int(m.reversed[e]), through)
	for k, out := range message {
		v := 0.0
		if !t.idle {
			v = total[k] - moved[k]
		}
		if out != 0 && !m.linear {
			h := max(0, min(-v/out, t.infects)) * hung[k]
			theirs[k] += h
			hung[k] -= h
		}
		message[k] = out*(1-t.removes) - m.heal[k] + v
	}
}

// passOn brings a message of an agent not infected in the run up to date.
func (m *messages) passOn(t *course, i, e int) {
	message, keeps := m.part(e, message), 1-t.removes
	for k := range message {
		message[k] *= keeps
	}
	if t.idle {
		return
	}
	total, moved := m.lanes(m.total, i), m.part(e, moved)
	for k, v := range total {
		message[k] += v - moved[k]
	}
	if t.caught {
		passed := m.part(e, passed)
		axpy(1, passed, message)
		clear(passed)
	}
}

// remove moves derivatives of I_i on to the removed.
func (m *messages) remove(i int) {
	t := &m.turns[i]
	infected, total := m.lanes(m.infection, i), m.lanes(m.total, i)
	for k, d := range m.heal {
		removed := infected[k] * t.removes
		if t.sick {
			removed += d
			m.weight[k] += math.Abs(d)
		}
		infected[k] += total[k] - removed
		m.counts[int(m.infected)*m.active+k] -= removed
		m.counts[int(m.healed)*m.active+k] += removed
	}
}

// settle makes what hangs on agent i, whose state changed in the run, the
// neighbours' own.
func (m *messages) settle(i int) {
	first, neighbours := m.contacts(i)
	for k, j := range neighbours {
		through := m.part(int(m.reversed[first+k]), through)
		axpy(1, through, m.lanes(m.own, int(j)))
		clear(through)
	}
}
