package abm

// crowd is the agents of a recorded run that are in one state before a step,
// sorted roughly by their luck for the move that leaves it. On the complete
// network all feel the same, so an alternative in which something else is felt
// changes those whose luck lies between the two probabilities, who are found
// without asking the others.
type crowd struct {
	built  bool
	first  []int32 // of the agents whose luck is in each of equal intervals
	agents []int32
}

// build sorts the agents that are in the state m leaves before the row's step.
func (c *crowd) build(h *history, m *mover, w *World, row int) {
	c.built = true
	var members []int32
	for i := range h.n {
		if h.at(row-1, i).state == m.From {
			members = append(members, int32(i))
		}
	}
	n := len(members)
	c.first, c.agents = make([]int32, n+1), make([]int32, n)
	place := make([]int32, n)
	m.group, w.step = -1, row
	for k, i := range members {
		place[k] = int32(m.luck(w, int(i)) * float64(n))
		c.first[place[k]]++
	}
	end := int32(0)
	for b, count := range c.first {
		end += count
		c.first[b] = end
	}
	for k, i := range members {
		c.first[place[k]]--
		c.agents[c.first[place[k]]] = i
	}
}

// between returns the agents whose luck lies between two probabilities, and some
// more.
func (c *crowd) between(p, q float64) []int32 {
	n := len(c.agents)
	if n == 0 || p == q {
		return nil
	}
	if p > q {
		p, q = q, p
	}
	from, to := int(p*float64(n)), min(n, int(q*float64(n))+1)
	if from >= n {
		return nil
	}
	return c.agents[c.first[from]:c.first[to]]
}

// feelAll makes sure that those are visited in the step whom it may change that
// everybody feels something else.
func (r *Replay) feelAll(row int) {
	was, is := r.h.total[row], r.h.total[row]
	for k := range is {
		is[k] += r.all[k]
	}
	if was == is {
		return
	}
	if !r.crowds() {
		for i := range r.l.n {
			r.touch(row, i)
		}
		return
	}
	contacts := r.l.Network.Degree(0)
	for k, m := range r.l.movers {
		if m.deaf() {
			continue
		}
		c := &r.crowd[row*len(r.l.movers)+k]
		if !c.built {
			c.build(r.h, m, r.w, row)
		}
		p, q := m.likelihood(contacts, &was).Primal(), m.likelihood(contacts, &is).Primal()
		for _, i := range c.between(p, q) {
			r.touch(row, int(i))
		}
	}
}

// crowds reports whether what everybody feels changes agents by moves alone, all
// in a state in the same way.
func (r *Replay) crowds() bool {
	for s := range r.l.States {
		if r.l.ends[s] {
			continue
		}
		m := r.l.moves[s]
		if m == nil || !m.deaf() && r.l.shows[s] {
			return false
		}
	}
	return true
}
