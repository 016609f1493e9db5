package reparam

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
)

// Finite differences of gammas that keep their probabilities.
func TestDirichletAgainstDifferences(t *testing.T) {
	alpha := []float64{0.7, 2, 5}
	probability := []float64{0.3, 0.9, 0.5}
	logGammas := func(alpha []float64) []float64 {
		logs := make([]float64, len(alpha))
		for i, a := range alpha {
			logs[i] = math.Log(mathext.GammaIncRegInv(a, probability[i]))
		}
		return logs
	}
	want := mat.NewDense(3, 3, nil)
	fd.Jacobian(want, func(x, alpha []float64) { copy(x, softmax(logGammas(alpha))) }, alpha,
		&fd.JacobianSettings{Formula: fd.Central, Step: 1e-4})
	got := mat.NewDense(3, 3, Dirichlet(nil, logGammas(alpha), alpha))
	if !mat.EqualApprox(got, want, 1e-7) {
		t.Errorf("got\n%v\nwant\n%v", mat.Formatted(got), mat.Formatted(want))
	}
}

func TestDirichletNearACorner(t *testing.T) {
	alpha := []float64{0.1, 3}
	jacobian := Dirichlet(make([]float64, 4), []float64{-100, 1}, alpha)
	for j, logGamma := range []float64{-100, 1} {
		want := math.Exp(-101) * GammaShapeLog(logGamma, alpha[j])
		for i, sign := range [2][2]float64{{1, -1}, {-1, 1}}[j] {
			if got := jacobian[i*2+j]; !near(got, sign*want, 1e-13) {
				t.Errorf("dx_%d/dα_%d = %v, want %v", i, j, got, sign*want)
			}
		}
	}
}

func TestDirichletMisuse(t *testing.T) {
	for _, f := range []func(){
		func() { Dirichlet(nil, nil, nil) },
		func() { Dirichlet(nil, []float64{0}, []float64{1, 2}) },
		func() { Dirichlet(make([]float64, 2), []float64{0, 0}, []float64{1, 2}) },
		func() { Dirichlet(nil, []float64{0, 0}, []float64{1, -2}) },
	} {
		if !panics(f) {
			t.Error("no panic")
		}
	}
}
