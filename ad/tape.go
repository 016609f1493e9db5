package ad

// tape records every operation as its parents and local derivatives; the
// adjoints then flow back in one sweep (reverse mode).
type tape struct {
	params int
	first  []uint32 // node i has edges first[i] .. first[i+1]
	parent []uint32
	weight []float64
}

// newTape returns a tape whose first p nodes are the parameters; node 0 is
// unused so that no ref is empty.
func newTape(p int) *tape {
	t := &tape{params: p}
	t.reset()
	return t
}

func (t *tape) reset() {
	t.first = append(t.first[:0], 0)
	t.parent, t.weight = t.parent[:0], t.weight[:0]
	for range t.params + 1 {
		t.first = append(t.first, 0)
	}
}

// edge adds a parent with its local derivative to the node being written.
func (t *tape) edge(x ref, w float64) {
	t.parent = append(t.parent, uint32(x))
	t.weight = append(t.weight, w)
}

// close ends the node being written and returns it.
func (t *tape) close(a *Arena) ref {
	t.first = append(t.first, uint32(len(t.parent)))
	return a.id | ref(len(t.first)-2)
}

// Node names a place on the tape whose adjoint [Arena.Backward] gives, or -1
// for a passive number.
func (a *Arena) Node(x Num) int {
	a.mustBeReverse()
	if x.ref == 0 {
		return -1
	}
	a.mustOwn(x.ref)
	return int(uint32(x.ref))
}

// Leaf starts a new independent number of value v on the tape: a state carried
// over from an earlier segment.
func (a *Arena) Leaf(v float64) Num {
	a.mustBeReverse()
	return Num{v: v, ref: a.tape.close(a)}
}

// Nodes returns the number of nodes on the tape.
func (a *Arena) Nodes() int {
	a.mustBeReverse()
	return len(a.tape.first) - 1
}

// Backward flows the adjoints in adj, one a tape node (see [Arena.Node]), back
// to the first node. On return adj holds d(Σ seeds·outputs)/d(node) for all
// nodes; parameter k is node k+1. It panics if len(adj) != Nodes().
func (a *Arena) Backward(adj []float64) {
	if len(adj) != a.Nodes() {
		panic("ad: one adjoint a tape node is needed")
	}
	t := a.tape
	for i := len(adj) - 1; i >= 0; i-- {
		g := adj[i]
		if g == 0 {
			continue
		}
		for e := t.first[i]; e < t.first[i+1]; e++ {
			adj[t.parent[e]] += timesSafe(t.weight[e], g)
		}
	}
}

func (c *Column) sumNodes(v float64) Num {
	t := c.arena.tape
	for i, on := range c.active {
		if on {
			t.edge(c.nodes[i], 1)
		}
	}
	return Num{v: v, ref: t.close(c.arena)}
}

func (c *Column) gatherNodes(v, scale float64, index []int32, w []float64) Num {
	t := c.arena.tape
	for k, j := range index {
		if !c.active[j] {
			continue
		}
		if w == nil {
			t.edge(c.nodes[j], scale)
		} else {
			t.edge(c.nodes[j], scale*w[k])
		}
	}
	return Num{v: v, ref: t.close(c.arena)}
}
