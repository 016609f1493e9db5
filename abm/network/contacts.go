package network

// Row returns where the contacts of agent i lie in the list of all contacts, each
// seen from both of its ends: from … to−1, in the order of [Network.Neighbours].
// It must not be called on a complete network.
func (g *Network) Row(i int) (from, to int) { return int(g.first[i]), int(g.first[i+1]) }

// Reversed returns, for every contact in the list of [Network.Row], the place of
// the same contact seen from its other end.
func (g *Network) Reversed() []uint32 {
	reversed := make([]uint32, len(g.adjacent))
	next := append([]uint32(nil), g.first[:g.n]...) // rows ascend: the k-th agent met is the k-th in j's row
	for i := range g.n {
		for e := g.first[i]; e < g.first[i+1]; e++ {
			j := g.adjacent[e]
			reversed[e] = next[j]
			next[j]++
		}
	}
	return reversed
}

// Bridges reports, for every contact in the list of [Network.Row], whether it is
// the only way between its two ends. All contacts of a tree are bridges.
//
// Source: Tarjan, A note on finding the bridges of a graph (1974).
func (g *Network) Bridges() []bool {
	b := &bridges{g: g, reversed: g.Reversed(), is: make([]bool, len(g.adjacent)),
		found: make([]int32, g.n), low: make([]int32, g.n), next: append([]uint32(nil), g.first[:g.n]...)}
	for i := range g.n {
		if b.found[i] == 0 {
			b.explore(int32(i))
		}
	}
	return b.is
}

// bridges is a depth-first search.
type bridges struct {
	g        *Network
	reversed []uint32
	is       []bool
	time     int32
	found    []int32  // when an agent was found, from 1; 0: not yet
	low      []int32  // the earliest that is reached from those found since
	next     []uint32 // the contact of an agent to look at next
	path     []uint32 // contacts on the way from the root
}

// explore finds all agents that can be reached from the root.
func (b *bridges) explore(root int32) {
	b.find(root)
	for i := root; ; {
		if e := b.next[i]; e < b.g.first[i+1] {
			b.next[i]++
			i = b.look(i, e)
			continue
		}
		if len(b.path) == 0 {
			return
		}
		i = b.back(i)
	}
}

func (b *bridges) find(i int32) {
	b.time++
	b.found[i], b.low[i] = b.time, b.time
}

// look follows a contact of i to a new agent, which it returns, or stays.
func (b *bridges) look(i int32, e uint32) int32 {
	j := b.g.adjacent[e]
	if b.found[j] == 0 {
		b.find(j)
		b.path = append(b.path, e)
		return j
	}
	if len(b.path) == 0 || b.reversed[e] != b.path[len(b.path)-1] {
		b.low[i] = min(b.low[i], b.found[j])
	}
	return i
}

// back returns to the agent from which i was found.
func (b *bridges) back(i int32) int32 {
	e := b.path[len(b.path)-1]
	b.path = b.path[:len(b.path)-1]
	from := b.g.adjacent[b.reversed[e]]
	b.low[from] = min(b.low[from], b.low[i])
	if b.low[i] > b.found[from] {
		b.is[e], b.is[b.reversed[e]] = true, true
	}
	return from
}
