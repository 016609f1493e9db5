package optim

import (
	"cmp"
	"fmt"
	"math"
)

// AdamW is Adam with decoupled weight decay (Loshchilov and Hutter 2019):
//
//	m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
//	φ ← φ − rate·( m̂/(√v̂+ε) + decay·φ ),  m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)
type AdamW struct {
	// Beta1 and Beta2 are the memories of the gradient and of its square, in
	// (0, 1); default 0.9 and 0.99.
	Beta1, Beta2 float64
	// Epsilon keeps the step finite where gradients vanish; default 1e-8.
	Epsilon float64
	// WeightDecay pulls parameters to zero, per unit of learning rate;
	// default 0.
	WeightDecay float64
}

// AdamWState is what AdamW remembers between steps.
type AdamWState struct {
	M []float64 `json:"m"` // mean of the gradients
	V []float64 `json:"v"` // mean of their squares
	T int       `json:"t"` // steps taken
}

// Init returns the state before the first step for n parameters.
func (a AdamW) Init(n int) AdamWState {
	return AdamWState{M: make([]float64, n), V: make([]float64, n)}
}

// Update takes one step down the gradient. It panics if lengths differ. A
// gradient that is not finite would stay in the state for good: leave such
// steps out (see [Clip]).
func (a AdamW) Update(params, grad []float64, rate float64, s *AdamWState) {
	wantLen("gradient", len(grad), len(params))
	wantLen("first moment", len(s.M), len(params))
	wantLen("second moment", len(s.V), len(params))
	b1, b2, epsilon := cmp.Or(a.Beta1, 0.9), cmp.Or(a.Beta2, 0.99), cmp.Or(a.Epsilon, 1e-8)
	s.T++
	unbias1 := 1 / (1 - math.Pow(b1, float64(s.T)))
	unbias2 := 1 / (1 - math.Pow(b2, float64(s.T)))
	mean, square := s.M[:len(grad)], s.V[:len(grad)]
	for i, g := range grad {
		m := b1*mean[i] + (1-b1)*g
		v := b2*square[i] + (1-b2)*g*g
		mean[i], square[i] = m, v
		step := m * unbias1 / (math.Sqrt(v*unbias2) + epsilon)
		params[i] -= rate * (step + a.WeightDecay*params[i])
	}
}

// wantLen panics if a vector handed to an update has the wrong length.
func wantLen(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("optim: %s has length %d, want %d", what, got, want))
	}
}
