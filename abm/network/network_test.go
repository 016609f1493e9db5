package network

import (
	"testing"

	"pgregory.net/rapid"
)

// checkRows fails unless the rows are ascending, symmetric in contact and
// weight, and free of selves and duplicates, and the counts agree with them.
func checkRows(t interface{ Fatalf(string, ...any) }, g *Network) {
	weights := map[[2]int32]float64{}
	isolated := 0
	for i := range int32(g.Len()) {
		adjacent, weight := g.Neighbours(int(i))
		degree := 0.0
		for k, j := range adjacent {
			if j == i || j < 0 || int(j) >= g.Len() || k > 0 && adjacent[k-1] >= j {
				t.Fatalf("row %d is %v", i, adjacent)
			}
			w := 1.0
			if weight != nil {
				w = weight[k]
			}
			weights[[2]int32{i, j}] = w
			degree += w
		}
		if g.Degree(int(i)) != degree {
			t.Fatalf("degree of %d is %v, want %v", i, g.Degree(int(i)), degree)
		}
		if len(adjacent) == 0 {
			isolated++
		}
	}
	for pair, w := range weights {
		if weights[[2]int32{pair[1], pair[0]}] != w {
			t.Fatalf("contact %v is not symmetric", pair)
		}
	}
	if g.Contacts() != len(weights)/2 || g.Isolated() != isolated || g.IsComplete() {
		t.Fatalf("%d contacts, %d isolated, want %d, %d", g.Contacts(), g.Isolated(), len(weights)/2, isolated)
	}
}

func TestComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 1000).Draw(t, "n")
		g := Complete(n)
		if g.Len() != n || !g.IsComplete() || g.Contacts() != n*(n-1)/2 || g.Degree(n-1) != float64(n-1) || g.Bytes() != 0 {
			t.Fatalf("%+v", g)
		}
	})
	if Complete(1).Isolated() != 1 || Complete(2).Isolated() != 0 {
		t.Error("wrong number of isolated agents")
	}
}
