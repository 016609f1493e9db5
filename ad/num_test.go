package ad

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"
)

// operation is a function of two numbers (some ignore the second), beside the
// same function of plain ones, on a box inside which it is smooth.
type operation struct {
	name  string
	num   func(x, y Num) Num
	plain func(x, y float64) float64
	lo    [2]float64
	hi    [2]float64
}

var (
	anything = [2][2]float64{{-3, -3}, {3, 3}}
	positive = [2][2]float64{{0.2, -2}, {4, 2}}
	ordered  = [2][2]float64{{-3, 0.1}, {-0.1, 3}} // x < 0 < y
)

func op(name string, box [2][2]float64, num func(x, y Num) Num, plain func(x, y float64) float64) operation {
	return operation{name: name, num: num, plain: plain, lo: box[0], hi: box[1]}
}

func op1(name string, box [2][2]float64, num func(x Num) Num, plain func(x float64) float64) operation {
	return op(name, box, func(x, _ Num) Num { return num(x) }, func(x, _ float64) float64 { return plain(x) })
}

// operations are all differentiable operations.
var operations = []operation{
	op("Add", anything, Num.Add, func(x, y float64) float64 { return x + y }),
	op("Sub", anything, Num.Sub, func(x, y float64) float64 { return x - y }),
	op("Mul", anything, Num.Mul, func(x, y float64) float64 { return x * y }),
	op("Div", ordered, Num.Div, func(x, y float64) float64 { return x / y }),
	op("Pow", positive, Num.Pow, math.Pow),
	op("Max", ordered, Max, math.Max),
	op("Max the other way", ordered, func(x, y Num) Num { return Max(y, x) }, math.Max),
	op("Min", ordered, Min, math.Min),
	op("Min the other way", ordered, func(x, y Num) Num { return Min(y, x) }, math.Min),
	op1("Neg", anything, Num.Neg, func(x float64) float64 { return -x }),
	op1("Not", anything, Num.Not, func(x float64) float64 { return 1 - x }),
	op1("Plus", anything, func(x Num) Num { return x.Plus(0.7) }, func(x float64) float64 { return x + 0.7 }),
	op1("Times", anything, func(x Num) Num { return x.Times(-0.7) }, func(x float64) float64 { return x * -0.7 }),
	op1("Exp", anything, Num.Exp, math.Exp),
	op1("Expm1", anything, Num.Expm1, math.Expm1),
	op1("Log", positive, Num.Log, math.Log),
	op1("Log1p", positive, Num.Log1p, math.Log1p),
	op1("Sqrt", positive, Num.Sqrt, math.Sqrt),
	op1("Square", anything, Num.Square, func(x float64) float64 { return x * x }),
	op1("PowConst", positive, func(x Num) Num { return x.PowConst(2.5) }, func(x float64) float64 { return math.Pow(x, 2.5) }),
	op1("Tanh", anything, Num.Tanh, math.Tanh),
	op1("Logistic", anything, Num.Logistic, func(x float64) float64 { return 0.5 + 0.5*math.Tanh(x/2) }),
	op1("Erf", anything, Num.Erf, math.Erf),
	op1("NormalCDF", anything, Num.NormalCDF, func(x float64) float64 { return 0.5 + 0.5*math.Erf(x/math.Sqrt2) }),
	op1("Sin", anything, Num.Sin, math.Sin),
	op1("Cos", anything, Num.Cos, math.Cos),
	op1("Abs below 0", ordered, Num.Abs, math.Abs),
	op("Abs above 0", ordered, func(_, y Num) Num { return y.Abs() }, func(_, y float64) float64 { return math.Abs(y) }),
}

// at draws arguments from the operation's box.
func (o operation) at(t *rapid.T) (x, y float64) {
	return rapid.Float64Range(o.lo[0], o.hi[0]).Draw(t, "x"), rapid.Float64Range(o.lo[1], o.hi[1]).Draw(t, "y")
}

func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*(1+math.Abs(want))
}

func TestForwardAgainstFiniteDifferences(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	for _, o := range operations {
		t.Run(o.name, rapid.MakeCheck(func(t *rapid.T) {
			x, y := o.at(t)
			a.Reset()
			z := o.num(a.Param(0, x), a.Param(1, y))
			if want := o.plain(x, y); !near(z.Primal(), want, 1e-14) {
				t.Fatalf("value %v, want %v", z.Primal(), want)
			}
			got := a.Tangents(nil, z)
			f := func(p []float64) float64 { return o.plain(p[0], p[1]) }
			want := fd.Gradient(nil, f, []float64{x, y}, &fd.Settings{Formula: fd.Central})
			for k := range want {
				if !near(got[k], want[k], 1e-7) {
					t.Fatalf("derivative %d is %v, finite difference %v", k, got[k], want[k])
				}
			}
		}))
	}
}

func TestReverseAgainstForward(t *testing.T) {
	forward, reverse := NewForward(2), NewReverse(2)
	defer forward.Close()
	defer reverse.Close()
	for _, o := range operations {
		t.Run(o.name, rapid.MakeCheck(func(t *rapid.T) {
			x, y := o.at(t)
			forward.Reset()
			reverse.Reset()
			z := o.num(forward.Param(0, x), forward.Param(1, y))
			w := o.num(reverse.Param(0, x), reverse.Param(1, y))
			if z.Primal() != w.Primal() {
				t.Fatalf("value %v in forward mode, %v in reverse mode", z.Primal(), w.Primal())
			}
			want, got := forward.Tangents(nil, z), adjoints(reverse, w)
			for k := range want {
				if !near(got[k], want[k], 1e-12) {
					t.Fatalf("derivative %d is %v in reverse mode, %v in forward mode", k, got[k], want[k])
				}
			}
		}))
	}
}

// An operation on passive numbers is the plain operation, to the bit, whatever
// arena is about; and one passive operand gives the derivative in the other.
func TestPassiveOperands(t *testing.T) {
	a := NewForward(2)
	defer a.Close()
	for _, o := range operations {
		t.Run(o.name, rapid.MakeCheck(func(t *rapid.T) {
			x, y := o.at(t)
			a.Reset()
			both := o.num(a.Param(0, x), a.Param(1, y))
			plain := o.num(Const(x), Const(y))
			left, right := o.num(a.Param(0, x), Const(y)), o.num(Const(x), a.Param(1, y))
			if plain.Active() || plain.Primal() != both.Primal() || left.Primal() != plain.Primal() || right.Primal() != plain.Primal() {
				t.Fatalf("values %v, %v, %v, %v differ", plain, both, left, right)
			}
			d := a.Tangents(nil, both)
			l, r := a.Tangents(nil, left), a.Tangents(nil, right)
			if l[0] != d[0] || l[1] != 0 || r[0] != 0 || r[1] != d[1] {
				t.Fatalf("derivatives %v and %v of the halves, %v of the whole", l, r, d)
			}
		}))
	}
}

// adjoints returns dz/dθ of a tape.
func adjoints(a *Arena, z Num) []float64 {
	adj := make([]float64, a.Nodes())
	if z.Active() {
		a.Seed(adj, z, 1)
		a.Backward(adj)
	}
	return adj[1 : 1+a.Params()]
}

func TestNumBasics(t *testing.T) {
	a := NewForward(1)
	defer a.Close()
	x := a.Param(0, 3)
	if !x.Active() || x.Detach().Active() || x.Detach().Primal() != 3 {
		t.Error("Detach keeps the value and drops the derivatives")
	}
	if x.Value() != 3 || x.Primal() != 3 || Const(3).Value() != 3 {
		t.Error("Value and Primal return the plain number")
	}
	zero := a.Param(0, 0)
	if zero.IsZero() || !(Num{}).IsZero() || Const(1).IsZero() {
		t.Error("only the passive 0 is zero for good")
	}
	if y := x.Times(0); y.Active() || y.Primal() != 0 {
		t.Error("a zero local derivative must end the dependence")
	}
}
