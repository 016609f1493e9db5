package firms

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/rng"
)

// friends says whose firms each agent knows. Friendship need not be mutual.
type friends struct {
	first []int32 // those of agent i are known[first[i]:first[i+1]]
	known []int32
}

func (f *friends) of(i int) []int32 { return f.known[f.first[i]:f.first[i+1]] }

// prepare builds the network that all runs share.
func prepare(s *abm.Setup) (any, error) {
	n := s.Int("agents")
	if path := s.Text("network"); path != "random" {
		g, err := network.ReadEdges(path, n)
		if err != nil {
			return nil, err
		}
		return neighbours(g), nil
	}
	stale := s.Text("rules") == "published-code"
	fewest, most := s.Int("fewest_friends"), s.Int("most_friends")
	if fewest == 0 {
		fewest = 1
		if stale {
			fewest = most
		}
	}
	others := n
	if !stale {
		others--
	}
	if fewest > most || most > others {
		return nil, fmt.Errorf("an agent cannot have %d to %d friends among %d agents; fewest_friends must not be above most_friends, nor that above %d", fewest, most, n, others)
	}
	return befriend(n, fewest, most, stale, rng.Seed{Master: uint64(s.Int("network_seed"))}), nil
}

// neighbours are friends to one another.
func neighbours(g *network.Network) *friends {
	f := &friends{first: []int32{0}}
	for i := range g.Len() {
		adjacent, _ := g.Neighbours(i)
		f.known = append(f.known, adjacent...)
		f.first = append(f.first, int32(len(f.known)))
	}
	return f
}

// befriending is the purpose of the luck of friendships, apart from that of runs
// with the same seed.
const befriending = 1 << 16

// befriend draws for each agent a number of friends, each of fewest … most as
// likely as the others, and that many different agents, itself among them or not.
func befriend(n, fewest, most int, self bool, seed rng.Seed) *friends {
	f := &friends{first: make([]int32, 1, n+1)}
	for i := range n {
		s := seed.Stream(rng.Key{Purpose: befriending, Agent: i})
		count := fewest + s.IntN(most-fewest+1)
		from := len(f.known)
		for len(f.known) < from+count {
			j := int32(s.IntN(n))
			if (self || int(j) != i) && !contains(f.known[from:], j) {
				f.known = append(f.known, j)
			}
		}
		f.first = append(f.first, int32(len(f.known)))
	}
	return f
}

func contains(x []int32, v int32) bool {
	for _, y := range x {
		if y == v {
			return true
		}
	}
	return false
}
