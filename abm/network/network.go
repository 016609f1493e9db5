// Package network holds contact networks: who meets whom. A network is built
// once, is read by many runs at the same time, and is either complete, known by
// its size alone, or stored in compressed sparse rows.
package network

// Network is an undirected contact network of Len agents, with optional
// weights on the contacts and no contact of an agent with itself.
type Network struct {
	n        int
	complete bool
	first    []uint32  // row i is adjacent[first[i]:first[i+1]]
	adjacent []int32   // neighbours, ascending in each row
	weight   []float64 // weight of each contact; nil means 1
	degree   []float64 // sum of weights in each row
	most     int       // contacts in the longest row
}

// Complete returns the network in which every agent meets every other. It takes
// no memory: sums over neighbours are aggregate counts.
func Complete(n int) *Network { return &Network{n: n, complete: true} }

// Len returns the number of agents.
func (g *Network) Len() int { return g.n }

// IsComplete reports whether the network is known to be complete by
// construction.
func (g *Network) IsComplete() bool { return g.complete }

// Weighted reports whether contacts have weights.
func (g *Network) Weighted() bool { return g.weight != nil }

// Contacts returns the number of undirected contacts.
func (g *Network) Contacts() int {
	if g.complete {
		return g.n * (g.n - 1) / 2
	}
	return len(g.adjacent) / 2
}

// Degree returns the sum of the weights of i's contacts: their number if there
// are no weights.
func (g *Network) Degree(i int) float64 {
	if g.complete {
		return float64(g.n - 1)
	}
	return g.degree[i]
}

// MaxDegree returns the largest number of contacts of an agent.
func (g *Network) MaxDegree() int {
	if g.complete {
		return g.n - 1
	}
	return g.most
}

// Isolated returns the number of agents without contacts.
func (g *Network) Isolated() int {
	count := 0
	for i := range g.n {
		if g.Degree(i) == 0 {
			count++
		}
	}
	return count
}

// Neighbours returns i's neighbours and the weights of the contacts (nil: 1).
// It must not be called on a complete network.
func (g *Network) Neighbours(i int) (adjacent []int32, weight []float64) {
	from, to := g.first[i], g.first[i+1]
	if g.weight != nil {
		weight = g.weight[from:to]
	}
	return g.adjacent[from:to], weight
}

// Bytes returns the memory the network takes.
func (g *Network) Bytes() int {
	return 4*len(g.first) + 4*len(g.adjacent) + 8*len(g.weight) + 8*len(g.degree)
}
