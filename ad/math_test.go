package ad

import (
	"math"
	"testing"
)

var (
	infinite   = math.Inf(1)
	undefined  = math.NaN()
	minusZero  = math.Copysign(0, -1)
	specialsOf = []struct {
		name  string
		f     func(x Num) Num
		at    float64
		value float64
		slope float64
	}{
		{"log 0", Num.Log, 0, -infinite, infinite},
		{"log −0", Num.Log, minusZero, -infinite, infinite},
		{"log −1", Num.Log, -1, undefined, undefined},
		{"log1p −1", Num.Log1p, -1, -infinite, infinite},
		{"log1p −2", Num.Log1p, -2, undefined, undefined},
		{"sqrt 0", Num.Sqrt, 0, 0, infinite},
		{"sqrt −0", Num.Sqrt, minusZero, 0, infinite},
		{"sqrt −1", Num.Sqrt, -1, undefined, undefined},
		{"abs 0", Num.Abs, 0, 0, 0},
		{"abs NaN", Num.Abs, undefined, undefined, 1},
		{"abs −∞", Num.Abs, -infinite, infinite, -1},
		{"1/0", func(x Num) Num { return Const(1).Div(x) }, 0, infinite, -infinite},
		{"0/x at 0", func(x Num) Num { return Const(0).Div(x) }, 0, undefined, undefined},
		{"x/0 at 1", func(x Num) Num { return x.Div(Const(0)) }, 1, infinite, infinite},
		{"exp −∞", Num.Exp, -infinite, 0, 0},
		{"exp ∞", Num.Exp, infinite, infinite, infinite},
		{"square 0", Num.Square, 0, 0, 0},
		{"x⁰ at 0", func(x Num) Num { return x.PowConst(0) }, 0, 1, 0},
		{"√ by power at 0", func(x Num) Num { return x.PowConst(0.5) }, 0, 0, infinite},
		{"x¹ at 0", func(x Num) Num { return x.PowConst(1) }, 0, 0, 1},
		{"x² at 0", func(x Num) Num { return x.PowConst(2) }, 0, 0, 0},
		{"x³ at −2", func(x Num) Num { return x.PowConst(3) }, -2, -8, 12},
		{"0^x at 2", func(x Num) Num { return Const(0).Pow(x) }, 2, 0, 0},
		{"0^x at 0", func(x Num) Num { return Const(0).Pow(x) }, 0, 1, -infinite},
		{"0^x at −1", func(x Num) Num { return Const(0).Pow(x) }, -1, infinite, -infinite},
		{"(−2)^x at 2", func(x Num) Num { return Const(-2).Pow(x) }, 2, 4, undefined},
		{"logistic −∞", Num.Logistic, -infinite, 0, 0},
		{"logistic 800", Num.Logistic, 800, 1, 0},
		{"tanh ∞", Num.Tanh, infinite, 1, 0},
		{"normal CDF −∞", Num.NormalCDF, -infinite, 0, 0},
	}
)

// The special cases, in forward mode with a lane that does not move (0·∞ = 0)
// and in reverse mode.
func TestSpecialCases(t *testing.T) {
	forward, reverse := NewForward(2), NewReverse(2)
	defer forward.Close()
	defer reverse.Close()
	for _, test := range specialsOf {
		z := test.f(forward.Param(0, test.at))
		got := forward.Tangents(nil, z)
		if !equal(z.Primal(), test.value) || !equal(got[0], test.slope) || got[1] != 0 {
			t.Errorf("%s: value %v with derivatives %v, want %v with %v, 0", test.name, z.Primal(), got, test.value, test.slope)
		}
		if got := adjoints(reverse, test.f(reverse.Param(0, test.at))); !equal(got[0], test.slope) || got[1] != 0 {
			t.Errorf("%s: adjoints %v, want %v, 0", test.name, got, test.slope)
		}
		if z := test.f(Const(test.at)); !equal(z.Primal(), test.value) || z.Active() {
			t.Errorf("%s: passive value %v, want %v", test.name, z.Primal(), test.value)
		}
	}
}

func equal(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) }

// Where the value saturates its derivative is still good to most digits.
func TestDerivativesInTails(t *testing.T) {
	a := NewForward(1)
	defer a.Close()
	for _, x := range []float64{-700, -300, -40, -20, -8, 8, 20, 40, 300, 700} {
		e := math.Exp(-math.Abs(x))
		for name, pair := range map[string]struct{ got, want float64 }{
			"expm1":    {slopeAt(a, Num.Expm1, x), math.Exp(x)},
			"logistic": {slopeAt(a, Num.Logistic, x), e / ((1 + e) * (1 + e))},
			"tanh":     {slopeAt(a, Num.Tanh, x), 4 * e * e / ((1 + e*e) * (1 + e*e))},
		} {
			if math.Abs(pair.got-pair.want) > 1e-13*pair.want {
				t.Errorf("%s′(%v) = %v, want %v", name, x, pair.got, pair.want)
			}
		}
	}
}

func slopeAt(a *Arena, f func(Num) Num, x float64) float64 {
	return a.Tangents(nil, f(a.Param(0, x)))[0]
}
