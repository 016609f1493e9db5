package network

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/ad"
)

// graph is a network beside the matrix of its weights.
type graph struct {
	g      *Network
	weight [][]float64
}

func genGraph(t *rapid.T) graph {
	n := rapid.IntRange(1, 12).Draw(t, "n")
	x := graph{weight: make([][]float64, n)}
	for i := range x.weight {
		x.weight[i] = make([]float64, n)
	}
	kind := rapid.SampledFrom([]string{"complete", "plain", "weighted"}).Draw(t, "kind")
	var edges []edge
	for i := range n {
		for j := range i {
			w := 1.0
			if kind != "complete" {
				w = float64(rapid.IntRange(0, 2).Draw(t, "contact"))
			}
			if kind == "plain" {
				w = min(w, 1)
			}
			w *= map[string]float64{"complete": 1, "plain": 1, "weighted": 0.25}[kind]
			x.weight[i][j], x.weight[j][i] = w, w
			if w > 0 {
				edges = append(edges, edge{i: int32(i), j: int32(j), weight: w})
			}
		}
	}
	if kind == "complete" {
		x.g = Complete(n)
	} else {
		x.g = fromEdges(n, edges, kind == "weighted")
	}
	return x
}

// genValue draws a number; sums of such numbers are exact in any order.
func genValue(t *rapid.T, kind string) float64 {
	switch kind {
	case "indicator":
		return float64(rapid.IntRange(0, 1).Draw(t, "x"))
	case "whole":
		return float64(rapid.IntRange(-1000, 1000).Draw(t, "x"))
	case "huge": // too large for 32 bits, alone or together
		return rapid.SampledFrom([]float64{-1 << 40, -1 << 31, 1<<31 - 1, 1 << 30, 700_000_000}).Draw(t, "x")
	}
	return float64(rapid.IntRange(-40, 40).Draw(t, "x")) / 8
}

// The sums are those of a double loop after every update, while the column
// changes a little or much, from whole numbers to fractions and back.
func TestSumAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := genGraph(t)
		n := x.g.Len()
		column := ad.NewColumn(nil, n)
		s := NewSum(x.g, column)
		for range rapid.IntRange(1, 6).Draw(t, "updates") {
			kind := rapid.SampledFrom([]string{"indicator", "whole", "huge", "fraction"}).Draw(t, "values")
			for range rapid.IntRange(0, 2*n).Draw(t, "changes") {
				column.Set(rapid.IntRange(0, n-1).Draw(t, "i"), ad.Const(genValue(t, kind)))
			}
			s.Update()
			for i := range n {
				want := 0.0
				for j, w := range x.weight[i] {
					want += w * column.Values()[j]
				}
				if s.Value(i) != want || s.At(i) != ad.Const(want) || s.Scaled(i, 0.5) != ad.Const(want/2) {
					t.Fatalf("sum of %d is %v, at %v, half %v, want %v", i, s.Value(i), s.At(i), s.Scaled(i, 0.5), want)
				}
			}
		}
	})
}

// The derivatives of the sums are the sums of the derivatives, in both modes,
// whichever entries carry any.
func TestSumDerivatives(t *testing.T) {
	for name, a := range map[string]*ad.Arena{"forward": ad.NewForward(2), "reverse": ad.NewReverse(2)} {
		defer a.Close()
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			a.Reset()
			x := genGraph(t)
			n := x.g.Len()
			column, naive := ad.NewColumn(a, n), make([][3]float64, n)
			s := NewSum(x.g, column)
			for range rapid.IntRange(1, 3).Draw(t, "updates") {
				for i := range n {
					naive[i] = [3]float64{genValue(t, "fraction")}
					if rapid.Bool().Draw(t, "active") {
						naive[i][1], naive[i][2] = genValue(t, "whole"), genValue(t, "fraction")
					}
					column.Set(i, ad.Combine(naive[i][0], naive[i][1], a.Param(0, 0), naive[i][2], a.Param(1, 0)))
				}
				s.Update()
				for i := range n {
					want := [3]float64{}
					for j, w := range x.weight[i] {
						for k := range want {
							want[k] += w * naive[j][k]
						}
					}
					if got := derivatives(a, s.At(i)); got != want {
						t.Fatalf("sum of %d is %v, want %v", i, got, want)
					}
					for k := range want {
						want[k] *= -4
					}
					if got := derivatives(a, s.Scaled(i, -4)); got != want {
						t.Fatalf("scaled sum of %d is %v, want %v", i, got, want)
					}
				}
			}
		}))
	}
}

// derivatives returns a number's value and two derivatives.
func derivatives(a *ad.Arena, x ad.Num) [3]float64 {
	d := make([]float64, 2)
	switch {
	case !a.Reverse():
		a.Tangents(d, x)
	case x.Active():
		adjoint := make([]float64, a.Nodes())
		a.Seed(adjoint, x, 1)
		a.Backward(adjoint)
		copy(d, adjoint[1:3])
	}
	return [3]float64{x.Primal(), d[0], d[1]}
}

// A sum read before the column changes stays what it was.
func TestSumReadBefore(t *testing.T) {
	a := ad.NewForward(1)
	defer a.Close()
	for _, g := range []*Network{Complete(3), fromEdges(3, []edge{{i: 1, j: 0}, {i: 2, j: 1}}, false)} {
		column := ad.NewColumn(a, 3)
		column.Set(0, a.Param(0, 1))
		column.Set(2, a.Param(0, 1))
		s := NewSum(g, column)
		s.Update()
		x := s.At(1)
		column.Fill(0)
		s.Update()
		if x.Primal() != 2 || a.Tangents(nil, x)[0] != 2 || s.Value(1) != 0 {
			t.Errorf("%v with derivative %v, now %v", x.Primal(), a.Tangents(nil, x), s.Value(1))
		}
	}
}

// What is not finite is not lost.
func TestSumOfNaN(t *testing.T) {
	g := fromEdges(3, []edge{{i: 1, j: 0}, {i: 2, j: 1}}, false)
	column := ad.NewColumn(nil, 3)
	column.Set(0, ad.Const(math.NaN()))
	column.Set(2, ad.Const(math.Inf(1)))
	s := NewSum(g, column)
	s.Update()
	if !math.IsNaN(s.Value(1)) || s.Value(0) != 0 || s.Value(2) != 0 {
		t.Errorf("sums %v, %v, %v", s.Value(0), s.Value(1), s.Value(2))
	}
}

func TestSumOfAnotherLength(t *testing.T) {
	defer func() {
		if diff := cmp.Diff("network: a column of another length than the network", recover()); diff != "" {
			t.Error(diff)
		}
	}()
	NewSum(Complete(3), ad.NewColumn(nil, 4))
}
