package rng

import "testing"

func TestDrawsDoNotAllocate(t *testing.T) {
	alpha, dst, perm := []float64{0.3, 2, 5}, make([]float64, 3), make([]int, 5)
	var s Stream
	draws := map[string]func(){
		"Seed.Uniform": func() { sink = Seed{}.Uniform(Key{}) },
		"Seed.Block":   func() { sink = Seed{}.Block(Key{})[1] },
		"Seed.Stream":  func() { s = Seed{}.Stream(Key{}) },
		"Uniform":      func() { sink = s.Uniform() },
		"IntN":         func() { sink = float64(s.IntN(7)) },
		"Perm":         func() { s.Perm(perm) },
		"Normal":       func() { sink = s.Normal() },
		"Exponential":  func() { sink = s.Exponential() },
		"Gamma":        func() { sink = s.Gamma(0.5) },
		"Beta":         func() { sink = s.Beta(0.5, 3) },
		"Dirichlet":    func() { s.Dirichlet(dst, alpha) },
		"Categorical":  func() { sink = float64(s.Categorical(alpha)) },
		"Geometric":    func() { sink = float64(s.Geometric(0.1)) },
		"Poisson":      func() { sink = float64(s.Poisson(3) + s.Poisson(1e6)) },
		"Binomial":     func() { sink = float64(s.Binomial(9, 0.4) + s.Binomial(1e6, 0.4)) },
	}
	for name, draw := range draws {
		if n := testing.AllocsPerRun(100, draw); n != 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
}
