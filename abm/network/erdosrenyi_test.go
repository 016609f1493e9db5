package network

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

func erdosRenyi(t interface{ Fatal(...any) }, n int, meanDegree float64, seed uint64) *Network {
	g, err := ErdosRenyi(n, meanDegree, seed)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestErdosRenyiRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		degree := rapid.Float64Range(0, float64(n-1)).Draw(t, "mean degree")
		checkRows(t, erdosRenyi(t, n, degree, rapid.Uint64().Draw(t, "seed")))
	})
}

// No contact at degree 0, and every contact at degree n−1.
func TestErdosRenyiExtremes(t *testing.T) {
	for _, n := range []int{1, 2, 3, 50} {
		if g := erdosRenyi(t, n, 0, 5); g.Contacts() != 0 || g.Isolated() != n || g.Len() != n {
			t.Errorf("%d contacts among %d at degree 0", g.Contacts(), n)
		}
		g := erdosRenyi(t, n, float64(n-1), 5)
		checkRows(t, g)
		if g.Contacts() != n*(n-1)/2 {
			t.Errorf("%d contacts among %d at degree %d", g.Contacts(), n, n-1)
		}
	}
}

// The number of contacts is binomial over seeds, the degrees are binomial over
// agents, and every pair is as likely as any other.
func TestErdosRenyiLaw(t *testing.T) {
	const n, degree = 4000, 6.0
	pairs, p := float64(n)*(n-1)/2, degree/(n-1)
	sum := 0.0
	counts := make([]float64, 20)
	const seeds = 20
	for seed := range uint64(seeds) {
		g := erdosRenyi(t, n, degree, seed)
		z := (float64(g.Contacts()) - pairs*p) / math.Sqrt(pairs*p*(1-p))
		sum += z
		if math.Abs(z) > 4 {
			t.Errorf("seed %d: the number of contacts is %.1f standard deviations off", seed, z)
		}
		for i := range n {
			counts[min(int(g.Degree(i)), len(counts)-1)]++
		}
	}
	if z := sum / math.Sqrt(seeds); math.Abs(z) > 4 {
		t.Errorf("the mean number of contacts is %.1f standard errors off", z)
	}
	law := distuv.Binomial{N: n - 1, P: p}
	for k, count := range counts[:len(counts)-1] {
		want := law.Prob(float64(k)) * n * seeds
		if z := (count - want) / math.Sqrt(want); math.Abs(z) > 4 {
			t.Errorf("degree %d: %v agents, want %.1f", k, count, want)
		}
	}
}

func TestErdosRenyiPairs(t *testing.T) {
	const n, seeds = 6, 20000
	counts := map[[2]int32]float64{}
	for seed := range uint64(seeds) {
		g := erdosRenyi(t, n, 1.5, seed)
		for i := range int32(n) {
			adjacent, _ := g.Neighbours(int(i))
			for _, j := range adjacent {
				counts[[2]int32{i, j}]++
			}
		}
	}
	if len(counts) != n*(n-1) {
		t.Errorf("%d pairs meet", len(counts))
	}
	for pair, count := range counts {
		if z := (count - 0.3*seeds) / math.Sqrt(0.3*0.7*seeds); math.Abs(z) > 4 {
			t.Errorf("pair %v meets %v times, %.1f standard deviations off", pair, count, z)
		}
	}
}

func TestErdosRenyiSeeds(t *testing.T) {
	a, b, c := erdosRenyi(t, 500, 8, 1), erdosRenyi(t, 500, 8, 1), erdosRenyi(t, 500, 8, 2)
	if diff := cmp.Diff(a.adjacent, b.adjacent); diff != "" {
		t.Error(diff)
	}
	if cmp.Equal(a.adjacent, c.adjacent) {
		t.Error("two seeds give the same network")
	}
}

func TestErdosRenyiRefuses(t *testing.T) {
	for _, test := range []struct {
		n      int
		degree float64
		want   string
	}{
		{0, 0, "a network needs between 1 and 2147483647 agents, not 0"},
		{-3, 0, "a network needs between 1 and 2147483647 agents, not -3"},
		{10, 9.5, "the mean degree must lie between 0 and 9 for 10 agents, is 9.5"},
		{10, -1, "the mean degree must lie between 0 and 9 for 10 agents, is -1"},
		{10, math.NaN(), "the mean degree must lie between 0 and 9 for 10 agents, is NaN"},
		{1, 1, "the mean degree must lie between 0 and 0 for 1 agents, is 1"},
	} {
		if _, err := ErdosRenyi(test.n, test.degree, 1); err == nil || err.Error() != test.want {
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
}
