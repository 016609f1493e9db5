package ad

import "math"

// Checkpoint is a copy of a column of reverse mode from which a calculation can
// go on. The zero value is ready for use.
type Checkpoint struct {
	values []float64
	any    bool // whether the column was Active
	active []bool
	nodes  []ref // if these were recorded
	leaf   int   // else the first of the leaves that Load made
}

// Save copies the column. If the tape is recording, what it has recorded must be
// fixed before the column is loaded.
func (s *Checkpoint) Save(c *Column) {
	c.arena.mustBeReverse()
	s.values = append(s.values[:0], c.v...)
	s.any, s.active, s.nodes = c.Active(), append(s.active[:0], c.active...), s.nodes[:0]
	if !c.arena.tape.mute {
		s.nodes = append(s.nodes, c.nodes...)
	}
}

// Load makes the column what it was. Where its derivatives were not recorded,
// its entries are now leaves of the tape.
func (s *Checkpoint) Load(c *Column) {
	copy(c.v, s.values)
	if !s.any {
		c.active, c.nodes = nil, nil
		return
	}
	if c.active == nil {
		c.activate()
	}
	copy(c.active, s.active)
	if copy(c.nodes, s.nodes) > 0 {
		return
	}
	t := c.arena.tape
	s.leaf = len(t.nodes)
	for i := range c.nodes { // passive entries have one, too, which nothing uses
		c.nodes[i] = t.add(node{})
	}
}

// Adjoints writes the adjoints of the leaves, zeros if there are none, to dst, as
// long as the column.
func (s *Checkpoint) Adjoints(dst, adj []float64) {
	if !s.any || len(s.nodes) > 0 {
		clear(dst)
		return
	}
	copy(dst, adj[s.leaf:][:len(dst)])
}

// Same reports whether the column has the same values, to the bit, and carries
// derivatives in the same entries.
func (s *Checkpoint) Same(c *Column) bool {
	for i, v := range c.v {
		was, is := s.any && s.active[i], c.Active() && c.active[i]
		if math.Float64bits(v) != math.Float64bits(s.values[i]) || was != is {
			return false
		}
	}
	return true
}

// Bytes returns the memory that the checkpoint holds.
func (s *Checkpoint) Bytes() int { return 8*cap(s.values) + cap(s.active) + 8*cap(s.nodes) }

// Seed adds g_i to the adjoint of every entry i that carries derivatives in adj,
// which has one adjoint a tape node.
func (c *Column) Seed(adj, g []float64) {
	for i, on := range c.active {
		if on {
			adj[c.arena.tape.node(c.nodes[i])] += g[i]
		}
	}
}
