package flow

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// A Gaussian has the moments it is given, a flow with linear layers near the
// identity the same.
func TestMatch(t *testing.T) {
	mean := []float64{1, -2}
	root := mat.NewTriDense(2, mat.Lower, []float64{0.5, 0, 0.3, 0.4})
	for _, o := range []Options{{Kind: FullRank}, {Kind: Spline, Whiten: true}} {
		f := New(2, o, uniforms(1))
		f.Match(mean, root)
		tape := f.NewTape(1)
		f.Density(tape, mean)
		if want := -math.Log(2 * math.Pi * 0.5 * 0.4); math.Abs(tape.LogQ[0]-want) > 0.3 {
			t.Errorf("%s: log density %.3f at the mean, want %.3f", o.Kind, tape.LogQ[0], want)
		}
	}
	f := New(2, Options{Kind: MeanField}, nil)
	f.Match(mean, root)
	if got := math.Exp(f.Params()[3]); math.Abs(got-0.5) > 1e-12 {
		t.Errorf("standard deviation %g, want 0.5", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a flow without a last linear map matched moments")
		}
	}()
	New(2, Options{}, uniforms(1)).Match(mean, root)
}
