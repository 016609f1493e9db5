package rng

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

var _ rand.Source = (*Stream)(nil)

func TestStreamIsPhiloxInOrder(t *testing.T) {
	s := Seed{Master: 42, Run: 7}.Stream(Key{Purpose: 9, Index: 3, Agent: -1, Step: 5})
	for word3 := range uint64(3) {
		block := Philox([4]uint64{math.MaxUint64, 5, 9 | 3<<32, word3 + 1}, [2]uint64{42, 7})
		for _, want := range block {
			if got := s.Uint64(); got != want {
				t.Fatalf("block %d: %x, want %x", word3+1, got, want)
			}
		}
	}
}

// Every word handed out near one place of a run, by streams and by Uniform, is
// another one.
func TestStreamsAndUniformsShareNothing(t *testing.T) {
	seen := map[uint64]string{}
	note := func(word uint64, name string) {
		if other, ok := seen[word]; ok {
			t.Errorf("%s repeats %s", name, other)
		}
		seen[word] = name
	}
	seed := Seed{Master: 1, Run: 1}
	for i := range 1 << 9 {
		k := Key{Purpose: uint32(i & 1), Index: uint32(i >> 1 & 1), Agent: i>>2&31 - 4, Step: i >> 7}
		s := seed.Stream(k)
		for j := range 20 {
			note(s.Uint64(), fmt.Sprintf("word %d of stream %+v", j, k))
		}
		w := [4]uint64{}
		w[0], w[1], w[2], w[3] = seed.words(k)
		note(w[k.Agent&3], fmt.Sprintf("uniform %+v", k))
	}
}

func TestStreamsAreUncorrelated(t *testing.T) {
	const n = 1 << 14
	seed := Seed{Master: 5}
	first := seed.Stream(Key{Agent: 1})
	x := make([]float64, n)
	for i := range x {
		x[i] = first.Uniform()
	}
	checkUniform(t, "stream", x)
	if z := stat.Correlation(x[1:], x[:n-1], nil) * math.Sqrt(n); math.Abs(z) > 4 {
		t.Errorf("serial correlation %.1f standard errors from zero", z)
	}
	y := make([]float64, n)
	for _, k := range []Key{{Agent: 2}, {Agent: 1, Step: 1}, {Agent: 1, Purpose: 1}, {Agent: 1, Index: 1}} {
		other := seed.Stream(k)
		for i := range y {
			y[i] = other.Uniform()
		}
		if z := stat.Correlation(x, y, nil) * math.Sqrt(n); math.Abs(z) > 4 {
			t.Errorf("%+v: correlation %.1f standard errors from zero", k, z)
		}
	}
}

func TestStreamCopiesGoTheirOwnWay(t *testing.T) {
	s := Seed{}.Stream(Key{})
	s.Uint64()
	fork := s
	var ahead, behind [10]uint64
	for i := range ahead {
		ahead[i] = s.Uint64()
	}
	for i := range behind {
		behind[i] = fork.Uint64()
	}
	if diff := cmp.Diff(ahead, behind); diff != "" {
		t.Error(diff)
	}
	var zero Stream
	fresh := Seed{}.Stream(Key{})
	if zero.Uint64() != fresh.Uint64() {
		t.Error("the zero stream is not that of the zero seed and key")
	}
}

// Remainders show a bias that spreads evenly over the range.
func TestIntN(t *testing.T) {
	const draws = 20000
	for _, test := range []struct{ n, bins int }{{1, 1}, {2, 2}, {3, 3}, {1000, 10}, {3 << 61, 3}} {
		observed, expected := make([]float64, test.bins), make([]float64, test.bins)
		s := Seed{Master: uint64(test.n)}.Stream(Key{})
		for range draws {
			i := s.IntN(test.n)
			if i < 0 || i >= test.n {
				t.Fatalf("IntN(%d) = %d", test.n, i)
			}
			observed[i%test.bins]++
		}
		for i := range expected {
			expected[i] = draws / float64(test.bins)
		}
		checkCounts(t, fmt.Sprintf("IntN(%d)", test.n), observed, expected)
	}
	var s Stream
	if !panics(func() { s.IntN(0) }) {
		t.Error("IntN(0) does not panic")
	}
}

func TestPerm(t *testing.T) {
	var s Stream
	if got := s.Perm(nil); got != nil {
		t.Errorf("Perm(nil) = %v", got)
	}
	index := map[[4]int]int{}
	bins := make([]float64, 24)
	expected := make([]float64, 24)
	for range 24000 {
		p := [4]int(s.Perm(make([]int, 4)))
		if _, ok := index[p]; !ok {
			index[p] = len(index)
		}
		bins[index[p]]++
	}
	for i := range expected {
		expected[i] = 1000
	}
	checkCounts(t, "permutations of four", bins, expected)
}

// checkCounts is Pearson's chi-square test; it errs once in 10⁵.
func checkCounts(t *testing.T, name string, observed, expected []float64) {
	t.Helper()
	if len(observed) < 2 {
		return
	}
	law := distuv.ChiSquared{K: float64(len(observed) - 1)}
	if p := law.Survival(stat.ChiSquare(observed, expected)); p < 1e-5 {
		t.Errorf("%s: chi-square probability %g", name, p)
	}
}
