package flow

import (
	"math"
	"slices"
)

// made is the shape of a masked autoencoder for distribution estimation
// (Germain et al. 2015) with residual blocks: it reads D coordinates and gives
// width numbers per coordinate, those of coordinate i depending on the
// coordinates before i only.
//
//	h = W₀x + b₀,  h ← h + W₂·relu(W₁·relu(h) + b₁) + b₂ per block,  out = W₃h + b₃
//
// The hidden units' degrees cycle through 1..D−1. Work goes in stages d =
// 0..D−1: the hidden units of degree d and the outputs of coordinate d follow
// from coordinates 0..d−1. In one dimension the outputs are constants.
type made struct {
	dim, hidden, width     int
	initial, inner, output *maskedLinear // inner is shared by all inner maps
	blocks                 int
}

func newMADE(dim, hidden, blocks, width int) *made {
	units, bounds := sortByDegree(dim, hidden)
	inputs := make([]int, dim+1) // stage d is the first to see coordinate d−1
	outputs := make([]int, dim+1)
	for d := range dim {
		inputs[d+1] = d
		outputs[d+1] = (d + 1) * width
	}
	return &made{
		dim: dim, hidden: hidden, width: width, blocks: blocks,
		initial: &maskedLinear{rows: bounds, cols: inputs, rowUnit: units, colUnit: identity(dim)},
		inner:   &maskedLinear{rows: bounds, cols: bounds, rowUnit: units, colUnit: units},
		output:  &maskedLinear{rows: outputs, cols: bounds, rowUnit: identity(dim * width), colUnit: units},
	}
}

// sortByDegree returns the hidden units in order of their degree, and where
// each degree 0..D−1 begins. Unit j has degree 1 + j mod (D−1), or 0 if D = 1.
func sortByDegree(dim, hidden int) (units, bounds []int) {
	degree := func(j int) int { return j%max(1, dim-1) + min(1, dim-1) }
	units = identity(hidden)
	slices.SortStableFunc(units, func(a, b int) int { return degree(a) - degree(b) })
	bounds = make([]int, dim+1)
	for j := range hidden {
		bounds[degree(j)+1]++
	}
	for d := range dim {
		bounds[d+1] += bounds[d]
	}
	return units, bounds
}

func identity(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	return p
}

func (m *made) numParams() int {
	return m.initial.numParams() + 2*m.blocks*m.inner.numParams() + m.output.numParams()
}

// init draws every weight and bias from ±1/√fan-in (masks not counted), except
// the second map of each block from ±10⁻³, so that blocks begin near identity.
func (m *made) init(params []float64, uniform func() float64) {
	fill := func(l *maskedLinear, bound float64) {
		for i := range l.numParams() {
			params[i] = bound * (2*uniform() - 1)
		}
		params = params[l.numParams():]
	}
	fill(m.initial, 1/math.Sqrt(float64(m.dim)))
	for range m.blocks {
		fill(m.inner, 1/math.Sqrt(float64(m.hidden)))
		fill(m.inner, 1e-3)
	}
	fill(m.output, 1/math.Sqrt(float64(m.hidden)))
}
