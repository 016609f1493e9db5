package flow

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
)

// staged returns a flow with two leading coordinates of four.
func staged(kind Kind) *Flow {
	return perturbed(4, Options{Kind: kind, Layers: 2, Hidden: 7, Bins: 5, Bound: 2.5, Leading: 2}, 3)
}

// The leading coordinates are a flow of their own, whatever the others' base
// draws are.
func TestLeadingCoordinatesComeFirst(t *testing.T) {
	for _, kind := range Kinds() {
		f := staged(kind)
		a, b := f.NewTape(3), f.NewTape(3)
		eps := normals(5, 12)
		f.Sample(a, eps)
		for s := range 3 {
			eps[4*s+2], eps[4*s+3] = 9, -9
		}
		f.Sample(b, eps)
		f.Score(a)
		f.Score(b)
		for s := range 3 {
			assertClose(t, "z₁", row(b.Z, s, 4)[:2], row(a.Z, s, 4)[:2], 0, 1)
		}
		assertClose(t, "log q₁", b.LeadLogQ, a.LeadLogQ, 0, 1)
		assertClose(t, "score of q₁", b.LeadScore, a.LeadScore, 0, 1)
		f.Density(b, a.Z)
		f.Score(b)
		assertClose(t, "log q₁ by inversion", b.LeadLogQ, a.LeadLogQ, 1e-8, 1)
		assertClose(t, "score of q₁ by inversion", b.LeadScore, a.LeadScore, 1e-7, 1)
	}
}

// log q₁ is a density with the score that is told: it integrates to one over a
// coordinate, and differences agree.
func TestLeadingDensity(t *testing.T) {
	f := perturbed(3, Options{Kind: Spline, Layers: 2, Hidden: 7, Bins: 5, Bound: 2.5, Leading: 1}, 4)
	const n, width = 4000, 24.0
	tape := f.NewTape(n)
	points := make([]float64, 3*n)
	for s := range n {
		points[3*s] = width * ((float64(s)+0.5)/n - 0.5)
	}
	f.Density(tape, points)
	sum := 0.0
	for _, l := range tape.LeadLogQ {
		sum += math.Exp(l) * width / n
	}
	if math.Abs(sum-1) > 1e-3 {
		t.Errorf("the leading density integrates to %v", sum)
	}
	one := f.NewTape(1)
	at := []float64{0.3, -0.4, 1}
	slope := fd.Derivative(func(x float64) float64 {
		f.Density(one, []float64{x, 5, -5})
		return one.LeadLogQ[0]
	}, at[0], &fd.Settings{Formula: fd.Central})
	f.Density(one, at)
	f.Score(one)
	assertClose(t, "score", one.LeadScore, []float64{slope}, 1e-6, 1)
}

// Cut apart, the stages are two flows: differences of Σ zBar·z + leadBar·log q₁
// in which the second stage keeps the leading coordinates it saw.
func TestBackwardApart(t *testing.T) {
	for _, kind := range Kinds() {
		f := staged(kind)
		tape, eps := f.NewTape(3), normals(5, 12)
		zBar, leadBar := normals(6, 12), normals(7, 3)
		f.Sample(tape, eps)
		f.Score(tape)
		got := make([]float64, len(f.Params()))
		f.BackwardApart(got, tape, zBar, leadBar)

		cut := f.offsets[f.first]
		whole := make([]float64, len(got))
		f.Backward(whole, tape, zBar, nil)
		assertClose(t, string(kind)+" second stage", got[cut:], whole[cut:], 1e-12, 1)

		want := fd.Gradient(nil, func(params []float64) float64 {
			copy(f.Params()[:cut], params)
			f.Sample(tape, eps)
			sum := floats.Dot(leadBar, tape.LeadLogQ)
			for s := range 3 {
				sum += floats.Dot(row(zBar, s, 4)[:2], row(tape.Z, s, 4)[:2])
			}
			return sum
		}, append([]float64(nil), f.Params()[:cut]...), &fd.Settings{Formula: fd.Central})
		assertClose(t, string(kind)+" first stage", got[:cut], want, 1e-5, 1)
	}
}

func TestLeadingOptions(t *testing.T) {
	for lead, ok := range map[int]bool{-1: false, 0: true, 3: true, 4: false} {
		if err := (Options{Leading: lead}).Check(3); (err == nil) != ok {
			t.Errorf("%d leading of 3: %v", lead, err)
		}
	}
	if message := panicked(func() {
		f := New(2, Options{}, uniforms(1))
		tape := f.NewTape(1)
		f.Sample(tape, make([]float64, 2))
		f.BackwardApart(make([]float64, len(f.Params())), tape, nil, nil)
	}); message == "" {
		t.Error("a flow without leading coordinates is cut apart")
	}
}
