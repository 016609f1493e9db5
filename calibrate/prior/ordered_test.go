package prior

import (
	"math"
	"testing"
)

func TestOrdered(t *testing.T) {
	for _, n := range []int{1, 2, 5} {
		checkVectorBijector(t, Ordered{n})
	}
}

func TestOrderedGolden(t *testing.T) {
	var ref struct {
		Z, Theta  []float64
		Logabsdet float64
	}
	golden(t, "bij_ordered", &ref)
	theta := make([]float64, 3)
	logDet := Ordered{3}.Forward(theta, ref.Z)
	checkNear(t, "θ", theta, ref.Theta, 1e-14)
	if !near(logDet, ref.Logabsdet, 1e-14) {
		t.Errorf("log|det| %v, want %v", logDet, ref.Logabsdet)
	}
}

func TestOrderedInverseOfDisorder(t *testing.T) {
	z := make([]float64, 2)
	Ordered{2}.Inverse(z, []float64{1, 0})
	if !math.IsNaN(z[1]) {
		t.Errorf("inverse of a descending vector is %v", z)
	}
}
