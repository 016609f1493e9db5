package network

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// draw returns a random network of a few agents.
func draw(t *rapid.T) *Network {
	g, err := ErdosRenyi(rapid.IntRange(5, 14).Draw(t, "agents"), float64(rapid.IntRange(0, 3).Draw(t, "degree")), rapid.Uint64().Draw(t, "seed"))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestReversed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := draw(t)
		reversed := g.Reversed()
		for i := range g.Len() {
			from, to := g.Row(i)
			for e := from; e < to; e++ {
				j := int(g.adjacent[e])
				first, last := g.Row(j)
				if r := int(reversed[e]); r < first || r >= last || int(g.adjacent[r]) != i {
					t.Fatalf("contact %d from %d to %d is reversed as %d", e, i, j, r)
				}
			}
		}
	})
}

// A contact is a bridge if its ends are apart without it.
func TestBridges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := draw(t)
		bridges, reversed := g.Bridges(), g.Reversed()
		for i := range g.Len() {
			from, to := g.Row(i)
			for e := from; e < to; e++ {
				if want := !joined(g, i, int(g.adjacent[e]), []int{e, int(reversed[e])}); bridges[e] != want {
					t.Fatalf("contact of %d with %d: bridge %v, want %v", i, g.adjacent[e], bridges[e], want)
				}
			}
		}
	})
}

// joined reports whether there is a way from i to j without some contacts.
func joined(g *Network, i, j int, without []int) bool {
	seen, todo := make([]bool, g.Len()), []int{i}
	seen[i] = true
	for len(todo) > 0 {
		a := todo[0]
		todo = todo[1:]
		from, to := g.Row(a)
		for e := from; e < to; e++ {
			if b := int(g.adjacent[e]); !seen[b] && !slices.Contains(without, e) {
				seen[b] = true
				todo = append(todo, b)
			}
		}
	}
	return seen[j]
}
