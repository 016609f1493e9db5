package ad

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// message returns what f panics with, "" if it does not.
func message(f func()) (text string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			text = r
		case error:
			text = r.Error()
		}
	}()
	f()
	return ""
}

func wantPanic(t *testing.T, fragment string, f func()) {
	t.Helper()
	if got := message(f); got == "" || !strings.Contains(got, fragment) {
		t.Errorf("panics with %q, want %q in it", got, fragment)
	}
}

func TestCustomRules(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x, y := a.Param(0, 2), a.Param(1, 5)
	for _, test := range []struct {
		name  string
		z     Num
		value float64
		want  []float64
	}{
		{"chain", x.Chain(7, -3), 7, []float64{-3, 0}},
		{"chain by one", x.Chain(7, 1), 7, []float64{1, 0}},
		{"combine", Combine(7, -3, x, 4, y), 7, []float64{-3, 4}},
		{"combine of one with itself", Combine(7, -3, x, 4, x), 7, []float64{1, 0}},
		{"surrogate", x.Surrogate(y.Times(3)), 2, []float64{0, 3}},
		{"surrogate of a constant", Const(9).Surrogate(x), 9, []float64{1, 0}},
		{"surrogate by a constant", x.Surrogate(Const(9)), 2, []float64{0, 0}},
	} {
		if test.z.Primal() != test.value {
			t.Errorf("%s: value %v, want %v", test.name, test.z.Primal(), test.value)
		}
		if diff := cmp.Diff(test.want, a.Tangents(nil, test.z)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// An infinite or undefined local derivative acts in the lanes in which the
// argument moves and in no other.
func TestInfiniteLocalDerivatives(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	x, y := a.Param(0, 1), a.Param(1, 1)
	inf, nan := math.Inf(1), math.NaN()
	for _, test := range []struct {
		z    Num
		want []float64
	}{
		{x.Chain(1, inf), []float64{inf, 0}},
		{x.Chain(1, nan), []float64{nan, 0}},
		{Combine(1, inf, x, 2, y), []float64{inf, 2}},
		{Combine(1, 2, x, nan, y), []float64{2, nan}},
		{x.Chain(1, inf).Times(0), []float64{0, 0}},
		{x.Chain(1, inf).Add(y), []float64{inf, 1}},
	} {
		if got := a.Tangents(nil, test.z); !cmp.Equal(got, test.want, equalNaN) {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}

var equalNaN = cmp.Comparer(func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })

// Numbers of two runs never mix in silence, in no operation of either mode.
func TestNumbersOfTwoArenasDoNotMeet(t *testing.T) {
	for _, newArena := range []func(int) *Arena{NewForward, NewReverse} {
		a, b := newArena(2), newArena(2)
		defer a.Close()
		defer b.Close()
		x, y := a.Param(0, 3), b.Param(1, 3)
		for name, meet := range map[string]func(x, y Num) Num{
			"Add": Num.Add, "Sub": Num.Sub, "Mul": Num.Mul, "Div": Num.Div, "Pow": Num.Pow, "Max": Max, "Min": Min,
			"SmoothMax": func(x, y Num) Num { return SmoothMax(x, y, 1) },
			"Combine":   func(x, y Num) Num { return Combine(0, 1, x, math.Inf(1), y) },
		} {
			for _, f := range []func(){func() { meet(x, y) }, func() { meet(y, x) }} {
				if got := message(f); !strings.Contains(got, "two different runs") {
					t.Errorf("%s: panics with %q", name, got)
				}
			}
		}
	}
}

// instruction makes a number from two of the numbers before it.
type instruction struct {
	code, x, y int
}

func (i instruction) do(x, y Num) Num {
	switch i.code {
	case 0:
		return x.Add(y)
	case 1:
		return x.Sub(y)
	case 2:
		return x.Tanh().Mul(y)
	case 3:
		return x.Div(y.Square().Plus(1))
	case 4:
		return x.Sin()
	case 5:
		return x.Logistic().Times(-2)
	case 6:
		return Max(x, y.Not())
	case 7:
		return SmoothMin(x, y, 0.5)
	case 8:
		return x.Surrogate(y.Cos())
	case 9:
		return x.Detach().Mul(y)
	case 10:
		return Combine(x.Primal(), 0.5, x, -1.5, y)
	}
	return x.NormalCDF().Chain(0.3, 2)
}

func genProgram(t *rapid.T) []instruction {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) instruction {
		return instruction{
			code: rapid.IntRange(0, 11).Draw(t, "code"),
			x:    rapid.IntRange(0, 40).Draw(t, "x"),
			y:    rapid.IntRange(0, 40).Draw(t, "y"),
		}
	}), 1, 30).Draw(t, "program")
}

// runProgram returns the last number made.
func runProgram(a *Arena, theta []float64, program []instruction) Num {
	var all []Num
	for k, v := range theta {
		all = append(all, a.Param(k, v))
	}
	for _, i := range program {
		all = append(all, i.do(all[i.x%len(all)], all[i.y%len(all)]))
	}
	return all[len(all)-1]
}

// Forward and reverse mode agree on whole programs, to rounding: 1e-12 of the
// sum of the absolute contributions of all paths.
func TestReverseAgainstForwardOnPrograms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := rapid.SliceOfN(rapid.Float64Range(-2, 2), 1, 5).Draw(t, "theta")
		program := genProgram(t)
		forward, reverse := NewForward(len(theta)), NewReverse(len(theta))
		defer forward.Close()
		defer reverse.Close()
		x, y := runProgram(forward, theta, program), runProgram(reverse, theta, program)
		if x.Primal() != y.Primal() || x.Active() != y.Active() {
			t.Fatalf("value %v, active %v in forward mode, %v, %v in reverse mode", x.Primal(), x.Active(), y.Primal(), y.Active())
		}
		want, got := forward.Tangents(nil, x), adjoints(reverse, y)
		for i, n := range reverse.tape.nodes {
			n.a, n.b = math.Abs(n.a), math.Abs(n.b)
			reverse.tape.nodes[i] = n
		}
		y.d = math.Abs(y.d)
		bound := adjoints(reverse, y)
		for k := range want {
			if !(math.Abs(got[k]-want[k]) <= 1e-12*bound[k]) {
				t.Fatalf("derivative %d is %v in reverse mode, %v in forward mode", k, got[k], want[k])
			}
		}
	})
}
