package ad

import "math"

// Checkpoint is a copy of a column from which a calculation can go on in a new
// segment of the tape. The zero value is ready for use.
type Checkpoint struct {
	values []float64
	active []bool // empty: none
	nodes  []ref  // if these stay: if all of the tape was fixed
	leaf   int    // else the first of the leaves that Load made
}

// Save copies the column.
func (s *Checkpoint) Save(c *Column) {
	c.arena.mustBeReverse()
	s.values = append(s.values[:0], c.v...)
	s.active, s.nodes = append(s.active[:0], c.active...), s.nodes[:0]
	if t := c.arena.tape; len(t.nodes) == t.fixed.nodes {
		s.nodes = append(s.nodes, c.nodes...)
	}
}

// Load makes the column what it was, except that entries that carried derivatives
// of nodes that have been forgotten are now leaves of the tape.
func (s *Checkpoint) Load(c *Column) {
	copy(c.v, s.values)
	if len(s.active) == 0 {
		clear(c.active)
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

// Same reports whether the column has the same values, to the bit, and carries
// derivatives in the same entries.
func (s *Checkpoint) Same(c *Column) bool {
	for i, v := range c.v {
		if math.Float64bits(v) != math.Float64bits(s.values[i]) || s.on(i) != (c.active != nil && c.active[i]) {
			return false
		}
	}
	return true
}

func (s *Checkpoint) on(i int) bool { return len(s.active) > 0 && s.active[i] }

// Adjoints writes the adjoints of the leaves, zero for entries that have none, to
// dst, as long as the column.
func (s *Checkpoint) Adjoints(dst, adj []float64) {
	if len(s.active) == 0 || len(s.nodes) > 0 {
		clear(dst)
		return
	}
	copy(dst, adj[s.leaf:][:len(dst)])
}

// Bytes returns the memory that the checkpoint holds.
func (s *Checkpoint) Bytes() int { return 8*cap(s.values) + cap(s.active) + 8*cap(s.nodes) }

// Seed adds g_i to the adjoint of entry i, if it carries derivatives, in adj,
// which has one a tape node.
func (c *Column) Seed(adj, g []float64) {
	for i, on := range c.active {
		if on {
			adj[c.arena.tape.node(c.nodes[i])] += g[i]
		}
	}
}
