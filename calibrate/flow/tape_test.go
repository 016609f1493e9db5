package flow

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
)

func TestStepsDoNotAllocate(t *testing.T) {
	for name, f := range families(3) {
		for _, draws := range []int{5, 256} {
			tape, grad := f.NewTape(draws), make([]float64, len(f.Params()))
			eps := normals(1, 3*draws)
			step := func() {
				f.Sample(tape, eps)
				f.Score(tape)
				f.Backward(grad, tape, tape.Score, tape.LogQ)
				f.Density(tape, tape.Z)
			}
			if n := testing.AllocsPerRun(10, step); n > 0 {
				t.Errorf("%s, %d draws: %g allocations per step", name, draws, n)
			}
		}
	}
}

// What a tape holds does not depend on other tapes, on its own past or on how
// many draws share it.
func TestTapesAreIndependent(t *testing.T) {
	for name, f := range families(3) {
		small, large := f.NewTape(2), f.NewTape(70)
		f.Sample(small, normals(3, 6))
		f.Sample(large, normals(5, 210))
		grad := make([]float64, len(f.Params()))
		f.Backward(grad, large, large.Z, large.LogQ)

		f.Sample(small, large.Eps[6:12])
		f.Score(small)
		f.Score(large)
		assertClose(t, name+" z", small.Z, large.Z[6:12], 1e-12, 1)
		assertClose(t, name+" log q", small.LogQ, large.LogQ[2:4], 1e-12, 1)
		assertClose(t, name+" score", small.Score, large.Score[6:12], 1e-12, 1)
	}
}

// A tape keeps the parameters of its pass: changing Params between Sample and
// Backward does not mix two flows.
func TestTapeKeepsItsParameters(t *testing.T) {
	for name, f := range families(2) {
		tape := f.NewTape(3)
		gradient := func() []float64 {
			grad := make([]float64, len(f.Params()))
			f.Backward(grad, tape, tape.Eps, tape.LogQ)
			return grad
		}
		f.Sample(tape, normals(7, 6))
		want := gradient()
		clear(f.Params())
		if !slices.Equal(gradient(), want) {
			t.Errorf("%s: the gradient follows the new parameters", name)
		}
	}
}

// A tape is as good as new after parameters that were not finite.
func TestTapeRecovers(t *testing.T) {
	for name, f := range families(2) {
		eps := normals(9, 6)
		gradient := func(tape *Tape) []float64 {
			grad := make([]float64, len(f.Params()))
			f.Sample(tape, eps)
			f.Score(tape)
			f.Backward(grad, tape, tape.Score, tape.LogQ)
			return grad
		}
		tape, params := f.NewTape(3), slices.Clone(f.Params())
		for i := range params {
			f.Params()[i] = math.NaN()
		}
		gradient(tape)
		copy(f.Params(), params)
		if !slices.Equal(gradient(tape), gradient(f.NewTape(3))) {
			t.Errorf("%s: the gradient differs from a new tape's", name)
		}
	}
}

// Nil cotangents are zeros, whatever the tape held before.
func TestNilCotangents(t *testing.T) {
	for name, f := range families(2) {
		tape := f.NewTape(3)
		gradient := func(zBar, logqBar []float64) []float64 {
			grad := make([]float64, len(f.Params()))
			f.Backward(grad, tape, zBar, logqBar)
			return grad
		}
		f.Sample(tape, normals(9, 6))
		both := gradient(tape.Z, tape.LogQ)
		sum := gradient(nil, tape.LogQ)
		floats.Add(sum, gradient(tape.Z, nil))
		assertClose(t, name, sum, both, 1e-10, 1)
	}
}

func TestMisuse(t *testing.T) {
	f, other := New(2, Options{}, uniforms(1)), New(2, Options{}, uniforms(1))
	tape, grad := f.NewTape(3), make([]float64, len(f.Params()))
	for what, misuse := range map[string]func(){
		"empty batch":        func() { f.NewTape(0) },
		"score of nothing":   func() { f.Score(f.NewTape(1)) },
		"another flow":       func() { other.Sample(tape, make([]float64, 6)) },
		"too few base draws": func() { f.Sample(tape, make([]float64, 5)) },
		"too many points":    func() { f.Density(tape, make([]float64, 8)) },
		"short gradient":     func() { f.Sample(tape, make([]float64, 6)); f.Backward(grad[1:], tape, nil, nil) },
		"short cotangent":    func() { f.Sample(tape, make([]float64, 6)); f.Backward(grad, tape, grad[:5], nil) },
	} {
		if message := panicked(misuse); len(message) < 6 || message[:6] != "flow: " {
			t.Errorf("%s: panic %q", what, message)
		}
	}
}
