package prior

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// vector draws n numbers between −bound and bound.
func vector(t *rapid.T, label string, n int, bound float64) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(-bound, bound), n, n).Draw(t, label)
}

// checkVectorBijector tests log-determinant, reverse mode and inverse.
func checkVectorBijector(t *testing.T, b VectorBijector) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		z := vector(t, "z", b.In(), 3)
		thetabar := vector(t, "θ̄", b.Out(), 2)
		logDetBar := rapid.Float64Range(-2, 2).Draw(t, "logDetBar")
		theta := make([]float64, b.Out())
		logDet := b.Forward(theta, z)

		jac := mat.NewDense(b.In(), b.In(), nil)
		full := mat.NewDense(b.Out(), b.In(), nil)
		fd.Jacobian(full, func(y, x []float64) { b.Forward(y, x) }, z, &fd.JacobianSettings{Formula: fd.Central})
		jac.Copy(full)
		if want, _ := mat.LogDet(jac); !near(logDet, want, 1e-5) {
			t.Errorf("log|det| at %v is %v, want %v", z, logDet, want)
		}

		zbar := make([]float64, b.In())
		b.Backward(zbar, z, theta, thetabar, logDetBar)
		want := fd.Gradient(nil, func(z []float64) float64 {
			y := make([]float64, b.Out())
			l := logDetBar * b.Forward(y, z)
			for i := range y {
				l += thetabar[i] * y[i]
			}
			return l
		}, z, &fd.Settings{Formula: fd.Central})
		checkNear(t, "reverse mode", zbar, want, 1e-6)

		back := make([]float64, b.In())
		b.Inverse(back, theta)
		checkNear(t, "inverse", back, z, 1e-9)
	})
}

// checkNear compares two vectors elementwise.
func checkNear(t rapid.TB, what string, got, want []float64, tol float64) {
	t.Helper()
	for i := range want {
		if !near(got[i], want[i], tol) || math.IsNaN(got[i]) {
			t.Errorf("%s: got %v, want %v", what, got, want)
			return
		}
	}
}
