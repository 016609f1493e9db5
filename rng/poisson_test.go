package rng

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"
)

// u must lie between the cumulative probabilities of k−1 and k.
func TestPoissonQuantileInverts(t *testing.T) {
	const slack = 1e-12
	s := Seed{Master: 6}.Stream(Key{})
	for _, lambda := range []float64{1e-9, 0.1, 1, 9.5, 63, 255, 256.5, 1e3, 1e5} {
		for range 300 {
			u := s.Uniform()
			k := float64(PoissonQuantile(u, lambda))
			if below := mathext.GammaIncRegComp(k+1, lambda); below < u*(1-slack) {
				t.Errorf("lambda %g, u %v: %v is too small", lambda, u, k)
			}
			if k > 0 && mathext.GammaIncRegComp(k, lambda) >= u*(1+slack) {
				t.Errorf("lambda %g, u %v: %v is too large", lambda, u, k)
			}
		}
	}
}

func TestPoisson(t *testing.T) {
	for _, lambda := range []float64{0.05, 3, 200, 1e4, 1e9} {
		x := drawn(4000, func(s *Stream) float64 { return float64(s.Poisson(lambda)) })
		checkMean(t, fmt.Sprintf("poisson(%g)", lambda), x, lambda, math.Sqrt(lambda))
		for i, v := range x {
			x[i] = (v - lambda) * (v - lambda)
		}
		checkMean(t, fmt.Sprintf("variance of poisson(%g)", lambda), x, lambda, lambda*math.Sqrt(2+1/lambda))
	}
}

func TestPoissonExtremes(t *testing.T) {
	tests := []struct {
		u, lambda float64
		want      int
	}{
		{1 - 0x1p-53, 0, 0}, {1 - 0x1p-53, 1e-300, 0}, {0x1p-53, 30, 0}, {0x1p-53, 1e-5, 0},
		{1 - 0x1p-53, 1, 17}, {0.5, 1e9, 1e9}, {1e-80, 200, 4},
	}
	for _, test := range tests {
		if got := PoissonQuantile(test.u, test.lambda); got != test.want {
			t.Errorf("u = %v, lambda = %v: %d, want %d", test.u, test.lambda, got, test.want)
		}
	}
}

func TestPoissonRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lambda := math.Exp(rapid.Float64Range(-5, 21).Draw(t, "log lambda"))
		more := lambda * (1 + math.Exp(rapid.Float64Range(-20, 0).Draw(t, "log change")))
		u := unit(rapid.Uint64().Draw(t, "bits"))
		v := unit(rapid.Uint64().Draw(t, "other bits"))
		if PoissonQuantile(u, lambda) > PoissonQuantile(u, more) {
			t.Error("falls in lambda")
		}
		if PoissonQuantile(min(u, v), lambda) > PoissonQuantile(max(u, v), lambda) {
			t.Error("falls in u")
		}
	})
}

func TestPoissonRejectsImpossibleMeans(t *testing.T) {
	for _, lambda := range []float64{-1, math.NaN(), math.Inf(1), 1e16} {
		if !panics(func() { PoissonQuantile(0.5, lambda) }) {
			t.Errorf("no panic at lambda = %v", lambda)
		}
	}
}

func BenchmarkPoisson(b *testing.B) {
	for _, lambda := range []float64{0.5, 20, 1e3, 1e9} {
		b.Run(fmt.Sprint(lambda), func(b *testing.B) {
			var s Stream
			for b.Loop() {
				sink = float64(s.Poisson(lambda))
			}
		})
	}
}
