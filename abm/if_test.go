package abm_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// If is cond·then + (1−cond)·otherwise with the derivatives of all three.
func TestIf(t *testing.T) {
	a := ad.NewForward(3)
	defer a.Close()
	number := rapid.Float64Range(-5, 5)
	rapid.Check(t, func(t *rapid.T) {
		a.Reset()
		c := rapid.SampledFrom([]float64{0, 1, 0.3}).Draw(t, "cond")
		x, y := number.Draw(t, "then"), number.Draw(t, "otherwise")
		got := abm.If(a.Param(0, c), a.Param(1, x), a.Param(2, y))
		if want := c*x + (1-c)*y; math.Abs(got.Primal()-want) > 1e-15*math.Abs(want) {
			t.Fatalf("value %v, want %v", got.Primal(), want)
		}
		tangents := a.Tangents(nil, got)
		for k, want := range []float64{x - y, c, 1 - c} {
			if math.Abs(tangents[k]-want) > 1e-15 {
				t.Fatalf("derivatives %v, want entry %d to be %v", tangents, k, want)
			}
		}
	})
}

// The branch not taken does not matter, whatever it is.
func TestIfIgnoresTheOtherBranch(t *testing.T) {
	for _, odd := range []float64{math.Inf(1), math.NaN()} {
		if got := abm.If(ad.Const(1), ad.Const(2), ad.Const(odd)); got != ad.Const(2) {
			t.Errorf("then beside %v: %v", odd, got)
		}
		if got := abm.If(ad.Const(0), ad.Const(odd), ad.Const(3)); got != ad.Const(3) {
			t.Errorf("otherwise beside %v: %v", odd, got)
		}
	}
}

// Select is the nested If: the first condition that holds decides.
func TestSelect(t *testing.T) {
	a := ad.NewForward(2)
	defer a.Close()
	for bits := range 4 {
		a.Reset()
		first, second := a.Param(0, float64(bits&1)), a.Param(1, float64(bits>>1))
		x, y, z := ad.Const(10), ad.Const(20), ad.Const(50)
		got := abm.Select(z, abm.Branch{If: first, Then: x}, abm.Branch{If: second, Then: y})
		want := abm.If(first, x, abm.If(second, y, z))
		if got.Primal() != want.Primal() || got.Primal() != []float64{50, 10, 20, 10}[bits] {
			t.Errorf("conditions %b: %v", bits, got.Primal())
		}
		rest := []float64{50, 50, 20, 20}[bits]
		tangents := a.Tangents(nil, got)
		if tangents[0] != 10-rest || tangents[1] != -30*(1-first.Primal()) {
			t.Errorf("conditions %b: derivatives %v", bits, tangents)
		}
	}
	if got := abm.Select(ad.Const(4)); got != ad.Const(4) {
		t.Errorf("no branch: %v", got)
	}
}
