package network

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/rng"
)

// drawPairs is the purpose of the draws that make a random network.
const drawPairs = 0xE4D05

// ErdosRenyi returns a random network in which each of the n(n−1)/2 pairs meets
// with probability meanDegree/(n−1), written straight into compressed sparse
// rows: the geometric skips of Batagelj and Brandes (2005) are drawn twice from
// the same keyed stream, once to count degrees and once to fill the rows, so no
// list of edges is kept. Some agents may have no contacts, see [Network.Isolated].
// The error says which argument is out of range.
func ErdosRenyi(n int, meanDegree float64, seed uint64) (*Network, error) {
	if n < 1 || n > math.MaxInt32 {
		return nil, fmt.Errorf("a network needs between 1 and %d agents, not %d", math.MaxInt32, n)
	}
	if !(meanDegree >= 0 && meanDegree <= float64(n-1)) {
		return nil, fmt.Errorf("the mean degree must lie between 0 and %d for %d agents, is %g", n-1, n, meanDegree)
	}
	if meanDegree*float64(n) > math.MaxUint32/2 {
		return nil, fmt.Errorf("%d agents with %g contacts each are more contacts than a network can hold", n, meanDegree)
	}
	if meanDegree == 0 || n == 1 {
		return fromPairs(n, func(func(i, j int)) {}), nil
	}
	p := meanDegree / float64(n-1)
	return fromPairs(n, func(yield func(i, j int)) {
		skipPairs(n, p, rng.Seed{Master: seed}.Stream(rng.Key{Purpose: drawPairs}), yield)
	}), nil
}

// skipPairs yields each pair j < i with probability p, in ascending order of i
// and then j.
func skipPairs(n int, p float64, luck rng.Stream, yield func(i, j int)) {
	scale := 1 / math.Log1p(-p) // −0 for p = 1: every skip is zero
	i, j := 1, -1
	for {
		skip := math.Log(luck.Uniform()) * scale
		if skip >= float64(n)*float64(n) {
			return
		}
		j += 1 + int(skip)
		for j >= i {
			j -= i
			i++
			if i >= n {
				return
			}
		}
		yield(i, j)
	}
}

// fromPairs builds the rows from pairs, which must yield the same pairs each
// time it is called, each pair once and in ascending order of its larger and
// then its smaller member: so every row comes out ascending.
func fromPairs(n int, pairs func(yield func(i, j int))) *Network {
	g := &Network{n: n, first: make([]uint32, n+1), degree: make([]float64, n)}
	pairs(func(i, j int) {
		g.first[i+1]++
		g.first[j+1]++
	})
	for i := range n {
		g.degree[i] = float64(g.first[i+1])
		g.most = max(g.most, int(g.first[i+1]))
		g.first[i+1] += g.first[i]
	}
	g.adjacent = make([]int32, g.first[n])
	next := make([]uint32, n)
	copy(next, g.first)
	pairs(func(i, j int) {
		g.adjacent[next[i]], g.adjacent[next[j]] = int32(j), int32(i)
		next[i]++
		next[j]++
	})
	return g
}
