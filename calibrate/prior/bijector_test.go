package prior

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"
)

// golden reads one entry of the reference values into v.
func golden(t *testing.T, key string, v any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/bijectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[key], v); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
}

// checkGolden compares a bijector with reference values of θ and log|det|.
func checkGolden(t *testing.T, b Bijector, key string) {
	t.Helper()
	var ref struct{ Z, Theta, Logabsdet []float64 }
	golden(t, key, &ref)
	for i, w := range ref.Z {
		theta, _, logDet, _ := b.Forward(w)
		if !near(theta, ref.Theta[i], 1e-14) || !near(logDet, ref.Logabsdet[i], 1e-14) {
			t.Errorf("%v at %v: θ %v log|det| %v, want %v and %v", b, w, theta, logDet, ref.Theta[i], ref.Logabsdet[i])
		}
	}
}

// checkBijector tests everything that must hold for any bijector onto [lo, hi].
func checkBijector(t *testing.T, b Bijector, lo, hi float64) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.Float64Range(-8, 8).Draw(t, "w")
		theta, dtheta, logDet, dlogDet := b.Forward(w)
		settings := &fd.Settings{Formula: fd.Central, Step: 1e-5}
		slope := fd.Derivative(func(w float64) float64 { x, _, _, _ := b.Forward(w); return x }, w, settings)
		if !near(dtheta, slope, 1e-6) {
			t.Errorf("%v at %v: dθ/dw = %v, want %v", b, w, dtheta, slope)
		}
		if !near(logDet, math.Log(math.Abs(dtheta)), 1e-12) {
			t.Errorf("%v at %v: log|det| %v, want %v", b, w, logDet, math.Log(math.Abs(dtheta)))
		}
		slope = fd.Derivative(func(w float64) float64 { _, _, l, _ := b.Forward(w); return l }, w, settings)
		if !near(dlogDet, slope, 1e-6) {
			t.Errorf("%v at %v: slope of log|det| %v, want %v", b, w, dlogDet, slope)
		}
		if back := b.Inverse(theta); !near(back, w, 1e-9) {
			t.Errorf("%v: inverse of %v gives %v", b, w, back)
		}
	})
	for _, w := range []float64{-1e4, -40, 40, 1e4} {
		theta, _, logDet, dlogDet := b.Forward(w)
		if !(theta >= lo && theta <= hi) || math.IsInf(logDet, 0) || math.IsNaN(logDet+dlogDet) {
			t.Errorf("%v at %v: θ %v, log|det| %v, slope %v", b, w, theta, logDet, dlogDet)
		}
	}
}

func TestForSupport(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		lo, hi float64
		want   Bijector
	}{
		{-inf, inf, Real{}},
		{0, inf, Positive{}},
		{2, inf, Lower{2}},
		{-inf, 3, Upper{3}},
		{2, 3, Interval{2, 3}},
	} {
		if got := ForSupport(c.lo, c.hi); got != c.want {
			t.Errorf("ForSupport(%v, %v) = %v, want %v", c.lo, c.hi, got, c.want)
		}
	}
	checkPanic(t, "lo < hi", func() { ForSupport(1, 1) })
}
