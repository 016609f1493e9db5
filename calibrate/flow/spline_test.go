package flow

import (
	"math"
	"slices"
	"testing"
)

func TestSplineGolden(t *testing.T) {
	var g struct {
		Widths        flat    `json:"unnormalized_widths"`
		Heights       flat    `json:"unnormalized_heights"`
		Derivatives   flat    `json:"unnormalized_derivatives"`
		Bound         float64 `json:"tail_bound"`
		X, Y          flat
		LogDet        flat `json:"logabsdet"`
		Back          flat `json:"x_back"`
		InverseLogDet flat `json:"logabsdet_inverse"`
	}
	goldenCase(t, "rqs_elementwise", &g)
	n := len(g.X)
	p := slices.Concat(byColumns(g.Widths, n), byColumns(g.Heights, n), byColumns(g.Derivatives, n))
	sp := spline{bins: len(g.Widths) / n, bound: g.Bound}
	sp.normalise(p, n)

	got, logDet := make([]float64, n), make([]float64, n)
	sp.apply(got, logDet, g.X, p)
	assertClose(t, "y", got, g.Y, 1e-10, 1e-3)
	assertClose(t, "log det", logDet, g.LogDet, 1e-10, 1e-3)

	clear(logDet)
	sp.solve(got, logDet, g.Y, p)
	assertClose(t, "x", got, g.Back, 1e-10, 1e-3)
	for s := range logDet {
		logDet[s] = -logDet[s]
	}
	assertClose(t, "inverse log det", logDet, g.InverseLogDet, 1e-10, 1e-3)
}

func TestSplineLayerGolden(t *testing.T) {
	var g struct {
		Params        namedParams
		X             flat
		Z             flat `json:"z_parallel_direction"`
		LogDet        flat `json:"logdet_parallel"`
		Back          flat `json:"x_sequential_back"`
		InverseLogDet flat `json:"logdet_sequential"`
	}
	goldenCase(t, "rqs_autoregressive_D2_H8_K8_B3", &g)
	l := newSpline(2, 8, 2, 8, 3)
	checkPass(t, l, g.Params.flat(), g.X, g.Z, g.LogDet)
	checkInverse(t, l, g.Params.flat(), g.Z, g.Back, g.InverseLogDet)
}

func TestSplineStartsAsIdentity(t *testing.T) {
	l := newSpline(3, 8, 2, 8, 3)
	params := make([]float64, l.numParams())
	l.init(params, uniforms(1))
	x := normals(1, 3*50)
	z, logDet := slices.Clone(x), make([]float64, 50)
	p := l.newPass(50)
	p.load(params)
	p.sample(z, logDet)
	assertClose(t, "z", z, x, 1e-12, 1)
	assertClose(t, "log det", logDet, make([]float64, 50), 1e-12, 1)
}

// Beyond the bound the spline is the identity, with finite gradients.
func TestSplineTails(t *testing.T) {
	f := perturbed(2, Options{Kind: Spline, Layers: 1, Hidden: 5, Bound: 1}, 3)
	tape := f.NewTape(2)
	f.Sample(tape, []float64{40, -1e100, -50, 1e100})
	f.Score(tape)
	grad := make([]float64, len(f.Params()))
	f.Backward(grad, tape, nil, []float64{1, 1})
	for i, v := range slices.Concat(tape.Z, tape.Score, grad) {
		if math.IsNaN(v) {
			t.Fatalf("number %d of points, scores and gradient is NaN", i)
		}
	}
}

// In one dimension the spline flow is an unconditional map: it can leave the
// Gaussians, which the affine flow cannot.
func TestSplineInOneDimension(t *testing.T) {
	f := perturbed(1, Options{Kind: Spline, Hidden: 4}, 5)
	eps := []float64{-2, -1, 0, 1, 2}
	tape := f.NewTape(5)
	f.Sample(tape, eps)
	if !slices.IsSorted(tape.Z) {
		t.Errorf("not monotone: %v to %v", eps, tape.Z)
	}
	bend := tape.Z[0] - 2*tape.Z[2] + tape.Z[4]
	if math.Abs(bend) < 1e-3 {
		t.Errorf("map is affine: %v to %v", eps, tape.Z)
	}
}
