// Package network holds contact networks: who meets whom. A network is built
// once, is read by many runs at the same time, and is either complete, known by
// its size alone, or stored in compressed sparse rows.
package network

import "github.com/nudge-abm/nudge/ad"

// Network is an undirected contact network of Len agents, with optional
// weights on the contacts and no contact of an agent with itself.
type Network struct {
	n        int
	complete bool
	first    []int     // row i is adjacent[first[i]:first[i+1]]
	adjacent []int32   // neighbours, ascending in each row
	weight   []float64 // weight of each contact; nil means 1
	degree   []float64 // sum of weights in each row
}

// Complete returns the network in which every agent meets every other. It takes
// no memory: sums over neighbours are aggregate counts.
func Complete(n int) *Network { return &Network{n: n, complete: true} }

// Len returns the number of agents.
func (g *Network) Len() int { return g.n }

// IsComplete reports whether the network is known to be complete by
// construction.
func (g *Network) IsComplete() bool { return g.complete }

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
	return 8*len(g.first) + 4*len(g.adjacent) + 8*len(g.weight) + 8*len(g.degree)
}

// Sum is, for every agent i, Σ_j w_ij·x_j over i's neighbours j: the pressure
// that a column x exerts through a network.
type Sum struct {
	g      *Network
	x      *ad.Column
	total  ad.Num    // complete networks
	values []float64 // sparse networks
}

// NewSum returns the sums of x, which must have an entry an agent. They are
// current after Update.
func NewSum(g *Network, x *ad.Column) *Sum {
	if x.Len() != g.n {
		panic("network: a column of another length than the network")
	}
	s := &Sum{g: g, x: x}
	if !g.complete {
		s.values = make([]float64, g.n)
	}
	return s
}

// Update brings the sums up to date with x: O(N) on a complete network, else the
// number of contacts of agents whose x is not zero. Numbers it returned before
// stay what they were.
func (s *Sum) Update() {
	if s.g.complete {
		s.total = s.x.Sum()
		return
	}
	clear(s.values)
	for j, v := range s.x.Values() {
		if v != 0 {
			s.push(j, v)
		}
	}
}

// push adds v times the weight to all neighbours of j.
func (s *Sum) push(j int, v float64) {
	adjacent, weight := s.g.Neighbours(j)
	if weight == nil {
		for _, i := range adjacent {
			s.values[i] += v
		}
		return
	}
	for k, i := range adjacent {
		s.values[i] += weight[k] * v
	}
}

// Value returns the plain sum of agent i.
func (s *Sum) Value(i int) float64 {
	if s.g.complete {
		return s.total.Primal() - s.x.Values()[i]
	}
	return s.values[i]
}

// At returns the sum of agent i with its derivatives, which are gathered only
// when asked for.
func (s *Sum) At(i int) ad.Num {
	if s.g.complete {
		return s.total.Sub(s.x.At(i))
	}
	if !s.x.Active() {
		return ad.Const(s.values[i])
	}
	adjacent, weight := s.g.Neighbours(i)
	return s.x.Gather(s.values[i], adjacent, weight)
}
