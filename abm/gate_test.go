package abm_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

func phi(x float64) float64     { return 0.5 * math.Erfc(-x/math.Sqrt2) }
func density(x float64) float64 { return math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) }

// The gate is the hard indicator with the derivatives of the product of two
// normal distribution functions.
func TestGate(t *testing.T) {
	a := ad.NewForward(2)
	defer a.Close()
	rapid.Check(t, func(t *rapid.T) {
		a.Reset()
		start := rapid.Float64Range(-5, 5).Draw(t, "start")
		end := start + rapid.Float64Range(0.1, 8).Draw(t, "length")
		at := rapid.Float64Range(-8, 14).Draw(t, "t")
		sigma := rapid.Float64Range(0.2, 3).Draw(t, "sigma")
		g := abm.Gate(at, a.Param(0, start), a.Param(1, end), abm.NormalCDF{Sigma: sigma})
		hard := 0.0
		if start <= at && at < end {
			hard = 1
		}
		if plain := abm.Gate(at, ad.Const(start), ad.Const(end), abm.NormalCDF{Sigma: sigma}); g.Primal() != hard || plain != ad.Const(hard) {
			t.Fatalf("value %v, passive %v, want %v", g.Primal(), plain, hard)
		}
		x, y := (at-start)/sigma, (end-at)/sigma
		want := []float64{-density(x) * phi(y) / sigma, phi(x) * density(y) / sigma}
		got := a.Tangents(nil, g)
		for k := range want {
			if math.Abs(got[k]-want[k]) > 1e-12/sigma {
				t.Fatalf("derivative %d is %v, want %v", k, got[k], want[k])
			}
		}
	})
}

// The gate is closed on the left and open on the right.
func TestGateAtItsEnds(t *testing.T) {
	for at, want := range map[float64]float64{0.999: 0, 1: 1, 2.999: 1, 3: 0} {
		if got := abm.Gate(at, ad.Const(1), ad.Const(3), abm.NormalCDF{Sigma: 1}).Primal(); got != want {
			t.Errorf("at %v: %v, want %v", at, got, want)
		}
	}
}

// exposure is the share of (t, t+dt) that is inside (start, end).
func exposure(t, dt, start, end float64) float64 {
	return max(0, min(t+dt, end)-max(t, start)) / dt
}

// The exposure is the overlap of two intervals, and its derivatives those of
// the overlap.
func TestExposure(t *testing.T) {
	a := ad.NewForward(2)
	defer a.Close()
	rapid.Check(t, func(t *rapid.T) {
		a.Reset()
		start := rapid.Float64Range(-5, 5).Draw(t, "start")
		end := start + rapid.Float64Range(0.01, 8).Draw(t, "length")
		at := rapid.Float64Range(-8, 14).Draw(t, "t")
		dt := rapid.Float64Range(0.05, 3).Draw(t, "dt")
		for _, kink := range []float64{start - at, start - at - dt, end - at, end - at - dt} {
			if math.Abs(kink) < 1e-3 {
				t.Skip("a kink is near")
			}
		}
		x := abm.Exposure(at, dt, a.Param(0, start), a.Param(1, end))
		if want := exposure(at, dt, start, end); math.Abs(x.Primal()-want) > 1e-12/dt || x.Primal() < 0 || x.Primal() > 1 {
			t.Fatalf("value %v, want %v", x.Primal(), want)
		}
		if plain := abm.Exposure(at, dt, ad.Const(start), ad.Const(end)); plain != ad.Const(x.Primal()) {
			t.Fatalf("value %v with and %v without derivatives", x, plain)
		}
		got := a.Tangents(nil, x)
		want := fd.Gradient(nil, func(p []float64) float64 { return exposure(at, dt, p[0], p[1]) }, []float64{start, end},
			&fd.Settings{Formula: fd.Central})
		for k := range want {
			if math.Abs(got[k]-want[k]) > 1e-6/dt {
				t.Fatalf("derivative %d is %v, finite difference %v", k, got[k], want[k])
			}
		}
	})
}

// Where a policy's times are whole numbers of steps the two gates agree to the
// bit, and the exposure has the derivatives of the step that begins there.
func TestGatesAgreeOnTheClock(t *testing.T) {
	a := ad.NewForward(2)
	defer a.Close()
	for _, dt := range []float64{1, 0.5, 0.1, 0.05, 1.0 / 24, 1.0 / 49, 3} {
		for k := range 40 {
			clock := func(step int) float64 { return float64(step) * dt }
			start, end := a.Param(0, clock(10)), a.Param(1, clock(20))
			hard := abm.Gate(clock(k), start, end, abm.NormalCDF{Sigma: 1}).Primal()
			x := abm.Exposure(clock(k), dt, start, end)
			// t+dt may miss the next tick by a rounding error
			if math.Abs(x.Primal()-hard) > 1e-13 {
				t.Errorf("dt %v, step %d: hard %v, fractional %v", dt, k, hard, x.Primal())
			}
		}
	}
	for k, want := range map[float64][]float64{9: {0, 0}, 10: {-1, 0}, 11: {0, 0}, 19: {0, 0}, 20: {0, 1}, 21: {0, 0}} {
		got := a.Tangents(nil, abm.Exposure(k, 1, a.Param(0, 10), a.Param(1, 20)))
		if got[0] != want[0] || got[1] != want[1] {
			t.Errorf("step from %v: derivatives %v, want %v", k, got, want)
		}
	}
}
