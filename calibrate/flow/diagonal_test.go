package flow

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func TestMeanFieldIsGaussian(t *testing.T) {
	f := New(2, Options{Kind: MeanField}, nil)
	copy(f.Params(), []float64{1, -2, 0.3, -0.7})
	variance := []float64{math.Exp(0.6), math.Exp(-1.4)}
	checkGaussian(t, f, []float64{1, -2}, mat.NewDiagDense(2, variance))
}
