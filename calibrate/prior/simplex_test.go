package prior

import (
	"math"
	"testing"
)

func newSimplex(t *testing.T, k int) Simplex {
	t.Helper()
	s, err := NewSimplex(k)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSimplex(t *testing.T) {
	for _, k := range []int{2, 3, 6} {
		checkVectorBijector(t, newSimplex(t, k))
	}
}

func TestSimplexGolden(t *testing.T) {
	var ref struct {
		Z, P   []float64
		LogDet float64 `json:"logabsdet_first_K_minus_1"`
	}
	golden(t, "bij_simplex_stickbreaking", &ref)
	p := make([]float64, 5)
	logDet := newSimplex(t, 5).Forward(p, ref.Z)
	checkNear(t, "shares", p, ref.P, 1e-14)
	if !near(logDet, ref.LogDet, 1e-14) {
		t.Errorf("log|det| %v, want %v", logDet, ref.LogDet)
	}
	var equal []float64
	golden(t, "bij_simplex_zero", &equal)
	newSimplex(t, 4).Forward(p[:4], make([]float64, 3))
	checkNear(t, "shares at 0", p[:4], equal, 1e-15)
}

func TestSimplexFarOut(t *testing.T) {
	s, p := newSimplex(t, 3), make([]float64, 3)
	logDet := s.Forward(p, []float64{60, -60})
	if p[1] <= 0 || p[2] <= 0 || math.IsInf(logDet, 0) {
		t.Errorf("shares %v, log|det| %v", p, logDet)
	}
	if n := s.Saturated([]float64{60, 0}); n != 1 {
		t.Errorf("%d saturated sticks, want 1", n)
	}
}

func TestSimplexMisuse(t *testing.T) {
	if _, err := NewSimplex(1); err == nil {
		t.Error("a simplex of one share was accepted")
	}
	checkPanic(t, "z has length 1, want 2", func() { newSimplex(t, 3).Forward(make([]float64, 3), make([]float64, 1)) })
}
