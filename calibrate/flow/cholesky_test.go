package flow

import (
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
)

func TestFullRankIsGaussian(t *testing.T) {
	f := New(3, Options{Kind: FullRank}, nil)
	copy(f.Params(), []float64{1, -2, 0.5, 0.3, -0.2, 0.1, 0.7, -0.4, 0.9})
	factor := mat.NewTriDense(3, mat.Lower, nil)
	p := f.layers[0].newPass(lanes).(*choleskyPass)
	p.load(f.Params())
	for i := range 3 {
		for j := range i + 1 {
			factor.SetTri(i, j, p.factor[i*3+j])
		}
	}
	var covariance mat.SymDense
	covariance.SymOuterK(1, factor)
	checkGaussian(t, f, []float64{1, -2, 0.5}, &covariance)
}

// checkGaussian compares f's density and score with gonum's.
func checkGaussian(t *testing.T, f *Flow, mean []float64, covariance mat.Symmetric) {
	t.Helper()
	want, ok := distmv.NewNormal(mean, covariance, nil)
	if !ok {
		t.Fatal("covariance is not positive definite")
	}
	const n = 9
	tape := f.NewTape(n)
	f.Density(tape, normals(1, n*f.Dim()))
	f.Score(tape)
	for s := range n {
		z := row(tape.Z, s, f.Dim())
		assertClose(t, "log q", tape.LogQ[s:s+1], []float64{want.LogProb(z)}, 1e-10, 1)
		assertClose(t, "score", row(tape.Score, s, f.Dim()), want.ScoreInput(nil, z), 1e-10, 1)
	}
}
