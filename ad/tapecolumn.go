package ad

// sumNodes returns the derivatives of the sum of all entries, 0 for none.
func (c *Column) sumNodes() ref {
	t := c.arena.tape
	parents := t.parents
	for i, on := range c.active {
		if on {
			if t.mute {
				return t.muted()
			}
			parents = append(parents, t.node(c.nodes[i]))
		}
	}
	return t.alike(1, parents)
}

// gatherNodes returns the derivatives of [Column.Gather], 0 for none.
func (c *Column) gatherNodes(scale float64, index []int32, w []float64) ref {
	t := c.arena.tape
	t.mix(scale)
	switch {
	case t.mute:
		return c.gatherMuted(index)
	case w != nil:
		return c.gatherWeighted(scale, index, w)
	}
	parents, active, nodes := t.parents, c.active, c.nodes[:len(c.active)]
	for _, j := range index {
		if active[j] {
			parents = append(parents, t.node(nodes[j]))
		}
	}
	return t.alike(scale, parents)
}

// alike records the node of the parents appended to the tape's.
func (t *tape) alike(scale float64, parents []uint32) ref {
	from, n := len(t.parents), len(parents)-len(t.parents)
	if n == 0 {
		return 0
	}
	t.parents = parents
	return t.add(node{uint32(from), alike, scale, float64(n)})
}

func (c *Column) gatherWeighted(scale float64, index []int32, w []float64) ref {
	t := c.arena.tape
	from := len(t.edges)
	for k, j := range index {
		if c.active[j] {
			t.edges = append(t.edges, edge{t.node(c.nodes[j]), w[k]})
		}
	}
	if len(t.edges) == from {
		return 0
	}
	return t.add(node{uint32(from), weighted, scale, float64(len(t.edges) - from)})
}

func (c *Column) gatherMuted(index []int32) ref {
	for _, j := range index {
		if c.active[j] {
			return c.arena.tape.muted()
		}
	}
	return 0
}
