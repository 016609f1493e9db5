package rng

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/combin"
	"pgregory.net/rapid"
)

// Against the sum of the probabilities, for few trials.
func TestBinomialQuantileInverts(t *testing.T) {
	s := Seed{Master: 6}.Stream(Key{})
	for _, n := range []int{0, 1, 2, 7, 30} {
		for _, p := range []float64{0, 1e-9, 0.1, 0.5, 0.75, 0.999, 1} {
			for range 50 {
				u := s.Uniform()
				if got, want := BinomialQuantile(u, n, p), summedBinomial(u, n, p); got != want {
					t.Errorf("u %v, n %d, p %g: %d, want %d", u, n, p, got, want)
				}
			}
		}
	}
}

func summedBinomial(u float64, n int, p float64) int {
	below := 0.0
	for k := range n {
		below += float64(combin.Binomial(n, k)) * math.Pow(p, float64(k)) * math.Pow(1-p, float64(n-k))
		if below >= u {
			return k
		}
	}
	return n
}

func TestBinomial(t *testing.T) {
	for _, n := range []int{2, 12, 500, 10000, 1e9} {
		for _, p := range []float64{0.04, 0.5, 0.9} {
			name := fmt.Sprintf("binomial(%d, %g)", n, p)
			mean, variance := float64(n)*p, float64(n)*p*(1-p)
			x := drawn(2000, func(s *Stream) float64 { return float64(s.Binomial(n, p)) })
			checkMean(t, name, x, mean, math.Sqrt(variance))
			for i, v := range x {
				x[i] = (v - mean) * (v - mean)
			}
			kurtosis := (1 - 6*p*(1-p)) / variance
			checkMean(t, "variance of "+name, x, variance, variance*math.Sqrt(2+kurtosis))
		}
	}
}

func TestBinomialExtremes(t *testing.T) {
	tests := []struct {
		u    float64
		n    int
		p    float64
		want int
	}{
		{1 - 0x1p-53, 1e15, 0, 0}, {0x1p-53, 1e15, 1, 1e15},
		{0.5, 1, 0.5, 0}, {0.25, 1, 0.75, 0}, {0.26, 1, 0.75, 1}, {0x1p-53, 1e6, 0.9, 897528},
		{1 - 0x1p-53, 600, 0.5, 400}, {0x1p-53, 600, 0.5, 200}, {0.5, 2e9, 0.5, 1e9},
		{1e-300, 600, 0.6, 0},
	}
	for _, test := range tests {
		if got := BinomialQuantile(test.u, test.n, test.p); got != test.want {
			t.Errorf("%+v: %d", test, got)
		}
	}
}

func TestBinomialRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := int(math.Exp(rapid.Float64Range(0, 20).Draw(t, "log n")))
		p, q := rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "q")
		u := unit(rapid.Uint64().Draw(t, "bits"))
		k := BinomialQuantile(u, n, min(p, q))
		if k > BinomialQuantile(u, n, max(p, q)) {
			t.Error("falls in p")
		}
		if k > BinomialQuantile(u, n+1, min(p, q)) {
			t.Error("falls in n")
		}
	})
}

func TestBinomialRejectsImpossibleParameters(t *testing.T) {
	for _, p := range []float64{-0.1, 1.1, math.NaN()} {
		if !panics(func() { BinomialQuantile(0.5, 10, p) }) {
			t.Errorf("no panic at p = %v", p)
		}
	}
	for _, n := range []int{-1, 1e15 + 1} {
		if !panics(func() { BinomialQuantile(0.5, n, 0.5) }) {
			t.Errorf("no panic at n = %v", n)
		}
	}
}

func BenchmarkBinomial(b *testing.B) {
	for _, n := range []int{10, 100, 10000, 1e9} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var s Stream
			for b.Loop() {
				sink = float64(s.Binomial(n, 0.3))
			}
		})
	}
}
