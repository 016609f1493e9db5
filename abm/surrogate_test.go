package abm_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// surrogates beside their values and slopes at scale 2.
var surrogates = map[string]struct {
	s     abm.Surrogate
	value func(x float64) float64
	slope func(x float64) float64
	end   float64 // where it is flat
}{
	"normal CDF": {abm.NormalCDF{Sigma: 2},
		func(x float64) float64 { return phi(x / 2) },
		func(x float64) float64 { return density(x/2) / 2 }, 18.5},
	"logistic": {abm.Logistic{Width: 2},
		func(x float64) float64 { return 1 / (1 + math.Exp(-x/2)) },
		func(x float64) float64 { return 1 / (8 * math.Cosh(x/4) * math.Cosh(x/4)) }, 85},
	"piecewise linear": {abm.PiecewiseLinear{Width: 2},
		func(x float64) float64 { return min(max((x+2)/4, 0), 1) },
		func(x float64) float64 {
			if math.Abs(x) < 2 {
				return 0.25
			}
			return 0
		}, 2},
}

func TestSurrogates(t *testing.T) {
	a := ad.NewForward(1)
	defer a.Close()
	for name, s := range surrogates {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			a.Reset()
			x := rapid.Float64Range(-100, 100).Draw(t, "x")
			y := s.s.Step(a.Param(0, x))
			if math.Abs(y.Primal()-s.value(x)) > 1e-15 {
				t.Fatalf("value %v, want %v", y.Primal(), s.value(x))
			}
			if got := a.Tangents(nil, y)[0]; math.Abs(got-s.slope(x)) > 1e-15 {
				t.Fatalf("slope %v, want %v", got, s.slope(x))
			}
		}))
	}
}

// Far from the step surrogates are 0 and 1 and carry nothing; at it they are
// halfway.
func TestSurrogateLimits(t *testing.T) {
	a := ad.NewForward(1)
	defer a.Close()
	for name, s := range surrogates {
		for x, want := range map[float64]float64{-s.end: 0, s.end: 1, math.Inf(-1): 0, math.Inf(1): 1} {
			if y := s.s.Step(a.Param(0, x)); y != ad.Const(want) {
				t.Errorf("%s at %v is %v, active %v", name, x, y.Primal(), y.Active())
			}
		}
		if y := s.s.Step(a.Param(0, 0)); y.Primal() != 0.5 || !y.Active() {
			t.Errorf("%s at 0 is %v", name, y.Primal())
		}
	}
}
