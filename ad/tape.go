package ad

import "math"

// tape records every operation as its parents and local derivatives; the
// adjoints then flow back in one sweep (reverse mode).
//
// A long calculation is recorded in segments: the fixed nodes at the bottom stay,
// those above are forgotten when the next segment begins.
type tape struct {
	params  int
	nodes   []node
	parents []uint32 // of nodes with several, alike
	edges   []edge   // of nodes with several, weighted
	fixed   extent
	tag     ref // of the numbers being made: the arena and, as a stamp, the segment
	mute    bool
	print   uint64 // of the local derivatives since the segment began
}

// extent is how much is on a tape.
type extent struct{ nodes, parents, edges int }

// node is what a number was made of: one or two numbers with the local
// derivatives, or several. A leaf has node 0, which is no number, with 0.
type node struct {
	x, y uint32
	a, b float64
}

// edge is a parent with a weight.
type edge struct {
	parent uint32
	weight float64
}

// The values of y that say that a node has several parents: b of them, from x on
// in parents with the local derivative a, or in edges with a times the weight.
const (
	alike    = 1<<32 - 1
	weighted = 1<<32 - 2
)

// reset forgets all. The first nodes after node 0 are the parameters.
func (t *tape) reset(id ref) {
	t.fixed, t.tag, t.mute, t.print = extent{}, id, false, 0
	t.truncate()
	for range t.params + 1 {
		t.nodes = append(t.nodes, node{})
	}
}

// truncate forgets all but the fixed nodes.
func (t *tape) truncate() {
	t.nodes = t.nodes[:t.fixed.nodes]
	t.parents, t.edges = t.parents[:t.fixed.parents], t.edges[:t.fixed.edges]
}

// node returns the place of a number, which must not have been forgotten.
func (t *tape) node(x ref) uint32 {
	n := uint32(x)
	if x-ref(n) != t.tag && int(n) >= t.fixed.nodes {
		panic("ad: a number is used after its segment of the tape ended; keep it in a column instead")
	}
	return n
}

// add records a node.
func (t *tape) add(n node) ref {
	t.nodes = append(t.nodes, n)
	return t.tag | ref(len(t.nodes)-1)
}

// chain records a·dx.
func (t *tape) chain(a float64, x ref) ref {
	t.mix(a)
	if t.mute {
		return t.muted()
	}
	return t.add(node{x: t.node(x), a: a})
}

// combine records a·dx + b·dy.
func (t *tape) combine(a float64, x ref, b float64, y ref) ref {
	t.mix(a)
	t.mix(b)
	if t.mute {
		return t.muted()
	}
	return t.add(node{t.node(x), t.node(y), a, b})
}

// mix makes the fingerprint depend on a local derivative.
func (t *tape) mix(a float64) { t.print = (t.print ^ math.Float64bits(a)) * 0x9E3779B97F4A7C15 }

// muted returns what stands for derivatives that are not recorded: no node.
func (t *tape) muted() ref { return t.tag | (1<<stampShift - 1) }

// whole returns a node with the derivatives of x, not a multiple of them.
func (t *tape) whole(x Num) ref {
	if x.d == 1 {
		return x.ref
	}
	return t.chain(x.d, x.ref)
}

// Node names the place on the tape whose adjoint [Arena.Backward] gives, or -1
// for a passive number. Parameters, leaves and what Own returns have one; a
// number that is only a multiple of another has none, which panics.
func (a *Arena) Node(x Num) int {
	a.mustBeReverse()
	if x.ref == 0 {
		return -1
	}
	a.mustOwn(x.ref)
	if x.d != 1 {
		panic("ad: a multiple of a number has no node of its own; see Own")
	}
	return int(a.tape.node(x.ref))
}

// Seed adds g to the adjoint of x in adj, which has one a tape node.
func (a *Arena) Seed(adj []float64, x Num, g float64) {
	a.mustBeReverse()
	if x.ref == 0 {
		return
	}
	a.mustOwn(x.ref)
	adj[a.tape.node(x.ref)] += x.d * g
}

// Leaf starts a new independent number of value v on the tape.
func (a *Arena) Leaf(v float64) Num {
	a.mustBeReverse()
	return Num{v, 1, a.tape.add(node{})}
}

// Own returns x with a node of its own, whose adjoint is what flows through the
// number returned alone. A passive x stays passive.
func (a *Arena) Own(x Num) Num {
	a.mustBeReverse()
	if x.ref == 0 {
		return x
	}
	a.mustOwn(x.ref)
	return Num{x.v, 1, a.tape.chain(x.d, x.ref)}
}

// Nodes returns the number of nodes on the tape.
func (a *Arena) Nodes() int {
	a.mustBeReverse()
	return len(a.tape.nodes)
}

// Backward flows the adjoints in adj, one a tape node (see [Arena.Seed]), back
// to the first node. On return adj holds d(Σ seeds·outputs)/d(node) for all
// nodes; parameter k is node k+1. It panics if len(adj) != Nodes().
func (a *Arena) Backward(adj []float64) {
	if len(adj) != a.Nodes() {
		panic("ad: one adjoint a tape node is needed")
	}
	a.BackwardTo(adj, 0)
}

// BackwardTo is [Arena.Backward] from the last of the nodes that adj has adjoints
// of, which need not be all, as far as the node given: the adjoints of nodes
// before it have not flowed on.
func (a *Arena) BackwardTo(adj []float64, to int) {
	a.mustBeReverse()
	t := a.tape
	for i := len(adj) - 1; i >= to; i-- {
		g := adj[i]
		if g == 0 {
			continue
		}
		switch n := &t.nodes[i]; n.y {
		case 0:
			adj[n.x] += float64(n.a * g)
		case alike:
			g *= n.a
			for _, j := range t.parents[n.x:][:int(n.b)] {
				adj[j] += g
			}
		case weighted:
			g *= n.a
			for _, e := range t.edges[n.x:][:int(n.b)] {
				adj[e.parent] += float64(e.weight * g)
			}
		default:
			adj[n.x] += float64(n.a * g)
			adj[n.y] += float64(n.b * g)
		}
	}
}
