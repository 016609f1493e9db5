package flow

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
)

// adamW is a plain AdamW loop (Loshchilov & Hutter 2019), the optimiser's share
// of a training step.
type adamW struct {
	m, v []float64
	t    float64
}

func (a *adamW) update(params, grad []float64) {
	const lr, beta1, beta2, decay = 1e-3, 0.9, 0.99, 1e-4
	a.t++
	c1, c2 := 1-math.Pow(beta1, a.t), 1-math.Pow(beta2, a.t)
	step, scale := lr/c1, 1/math.Sqrt(c2)
	for i, g := range grad {
		a.m[i] += (1 - beta1) * (g - a.m[i])
		a.v[i] += (1 - beta2) * (g*g - a.v[i])
		params[i] -= step*a.m[i]/(scale*math.Sqrt(a.v[i])+1e-8) + lr*decay*params[i]
	}
}

// BenchmarkStep is one training step towards a Gaussian target by the path
// gradient, in nine dimensions at the paper's size.
func BenchmarkStep(b *testing.B) {
	for _, kind := range []Kind{Affine, Spline, FullRank} {
		for _, draws := range []int{5, 256} {
			b.Run(fmt.Sprintf("%s/S=%d", kind, draws), func(b *testing.B) {
				benchmarkStep(b, kind, draws)
			})
		}
	}
}

func benchmarkStep(b *testing.B, kind Kind, draws int) {
	const dim = 9
	f := New(dim, Options{Kind: kind}, uniforms(1))
	n := len(f.Params())
	grad, opt := make([]float64, n), adamW{m: make([]float64, n), v: make([]float64, n)}
	tape, eps, zBar := f.NewTape(draws), normals(1, draws*dim), make([]float64, draws*dim)
	b.ReportAllocs()
	for b.Loop() {
		f.Sample(tape, eps)
		f.Score(tape)
		floats.AddScaledTo(zBar, tape.Score, 0.5, tape.Z)
		clear(grad)
		f.Backward(grad, tape, zBar, nil)
		opt.update(f.Params(), grad)
	}
}

// BenchmarkStages splits a step of five draws into its parts.
func BenchmarkStages(b *testing.B) {
	const dim, draws = 9, 5
	f := New(dim, Options{}, uniforms(1))
	tape, eps := f.NewTape(draws), normals(1, draws*dim)
	grad, opt := make([]float64, len(f.Params())), adamW{m: make([]float64, len(f.Params())), v: make([]float64, len(f.Params()))}
	f.Sample(tape, eps)
	z := append([]float64(nil), tape.Z...)
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"Sample", func() { f.Sample(tape, eps) }},
		{"Density", func() { f.Density(tape, z) }},
		{"Score", func() { f.Score(tape) }},
		{"Backward", func() { f.Backward(grad, tape, eps, eps[:draws]) }},
		{"AdamW", func() { opt.update(f.Params(), grad) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			for b.Loop() {
				stage.run()
			}
		})
	}
}
