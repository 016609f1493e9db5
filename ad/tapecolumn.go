package ad

// sumNodes returns the derivatives of the sum of all entries.
func (c *Column) sumNodes() ref {
	t := c.arena.tape
	from := len(t.parents)
	for i, on := range c.active {
		if !on {
			continue
		}
		if t.mute {
			return t.tag | mutedNode
		}
		t.parents = append(t.parents, t.node(c.nodes[i]))
	}
	return t.alike(1, from)
}

// gatherNodes returns the derivatives of [Column.Gather].
func (c *Column) gatherNodes(scale float64, index []int32, w []float64) ref {
	t := c.arena.tape
	switch {
	case t.mute:
		return c.gatherMuted(index)
	case w != nil:
		return c.gatherWeighted(scale, index, w)
	}
	from := len(t.parents)
	for _, j := range index {
		if c.active[j] {
			t.parents = append(t.parents, t.node(c.nodes[j]))
		}
	}
	return t.alike(scale, from)
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
			return c.arena.tape.tag | mutedNode
		}
	}
	return 0
}

// alike records the node of the parents noted since from, none for no parents.
func (t *tape) alike(scale float64, from int) ref {
	if len(t.parents) == from {
		return 0
	}
	return t.add(node{uint32(from), alike, scale, float64(len(t.parents) - from)})
}
