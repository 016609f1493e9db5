package gradient_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// difference returns one sample of a finite difference.
func difference(tb testing.TB, p *gradient.Problem, f gradient.FiniteDifference) gradient.Sample {
	tb.Helper()
	s, err := f.Sampler(p)
	if err != nil {
		tb.Fatal(err)
	}
	defer s.Close()
	var x gradient.Sample
	if err := s.Sample(0, &x); err != nil {
		tb.Fatal(err)
	}
	return x
}

func step(h float64) gradient.FiniteDifference {
	return gradient.FiniteDifference{Steps: []gradient.Step{{H: h}}}
}

// The central difference of x³ is 3x² + h², and one-sided differences of second
// order 3x² − 2h², wherever a support or another parameter is in the way.
func TestStencils(t *testing.T) {
	unit := formula(abm.Support{Lo: 1, Hi: 2}, cube)
	for _, test := range []struct {
		name        string
		theta, ceil float64
		h           float64
		want        float64
		runs        float64
	}{
		{"inside", 1.5, 9, 0.25, 3*2.25 + 0.0625, 2},
		{"just inside", 1.25, 9, 0.25, 3*1.25*1.25 + 0.0625, 2},
		{"at the lower edge", 1, 9, 0.25, 3 - 2*0.0625, 3},
		{"near the lower edge", 1.125, 9, 0.25, 3*1.125*1.125 - 2*0.0625, 3},
		{"at the upper edge", 2, 9, 0.25, 12 - 2*0.0625, 3},
		{"below another parameter", 1.5, 1.625, 0.25, 3*2.25 - 2*0.0625, 3},
	} {
		p := formulaAt(t, unit, test.theta)
		p.Theta[1] = test.ceil
		x := difference(t, p, step(test.h))
		if math.Abs(x.Jacobian[0]-test.want) > 1e-12 || x.Runs != test.runs {
			t.Errorf("%s: %v in %v runs, want %v in %v", test.name, x.Jacobian[0], x.Runs, test.want, test.runs)
		}
	}
	_, err := step(0.7).Sampler(formulaAt(t, unit, 1.5))
	if err == nil || err.Error() != "a finite-difference step of 0.7 does not fit into what theta may be; choose a smaller one" {
		t.Errorf("got %v", err)
	}
}

// A relative step is a share of the parameter's size, of 1 at 0.
func TestRelativeStep(t *testing.T) {
	for theta, h := range map[float64]float64{4: 0.4, -4: 0.4, 0: 0.1, 1e-3: 1e-4} {
		x := difference(t, formulaAt(t, formula(abm.Real, cube), theta), gradient.FiniteDifference{RelativeStep: 0.1})
		if want := 3*theta*theta + h*h; math.Abs(x.Jacobian[0]-want) > 1e-12*(1+want) {
			t.Errorf("at %v: %v, want %v", theta, x.Jacobian[0], want)
		}
	}
}

// The mean over runs is the derivative of the mean.
func TestFiniteDifferenceOfWalk(t *testing.T) {
	p := problem(t, walk, 0.4)
	f, err := gradient.New("finite-difference", nil)
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, f, gradient.Sampling{Samples: 2000, First: 100, Workers: 2, Series: true})
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row < 6; row++ {
		mean := -0.2 * float64(row)
		se := math.Sqrt(4 * 0.4 * 0.6 * float64(row) / 2000)
		if z := (m.Series[row] - mean) / se; math.Abs(z) > 4 {
			t.Errorf("row %d: mean %v, want %v", row, m.Series[row], mean)
		}
		if z := (m.Mean[row] - 2*float64(row)) / m.SE(row); math.Abs(z) > 4 || m.SE(row) > 0.1*float64(row) {
			t.Errorf("row %d: derivative %v ± %v, want %v", row, m.Mean[row], m.SE(row), 2*row)
		}
	}
}

// Every parameter is differentiated alone, and the others stay.
func TestFiniteDifferenceOfSeveral(t *testing.T) {
	m := toy("product", []string{"a", "b", "c"}, []string{"abc", "a+c"}, func(w *abm.World) []ad.Num {
		a, b, c := w.Param("a"), w.Param("b"), w.Param("c")
		return []ad.Num{a.Mul(b).Mul(c), a.Add(c)}
	})
	p := problem(t, m, 2, 3, 5)
	p.Active = []int{2, 0}
	x := difference(t, p, gradient.FiniteDifference{RelativeStep: 0.25})
	for e, want := range []float64{6, 15, 1, 1} {
		if math.Abs(x.Jacobian[e]-want) > 1e-12 {
			t.Errorf("entry %d is %v, want %v", e, x.Jacobian[e], want)
		}
	}
	if x.Runs != 4 || x.Series != nil {
		t.Errorf("%v runs, series %v", x.Runs, x.Series)
	}
}

// A run that fails leaves the sampler as it was.
func TestFiniteDifferenceAfterFault(t *testing.T) {
	failing := true
	m := toy("fragile", []string{"a", "b"}, []string{"y"}, func(w *abm.World) []ad.Num {
		if failing && w.Param("b").Primal() > 3 {
			w.Event(0, ad.Const(-1))
		}
		return []ad.Num{w.Param("a").Mul(w.Param("b"))}
	})
	p := problem(t, m, 2, 3)
	s, err := gradient.FiniteDifference{RelativeStep: 0.1}.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	x := gradient.Sample{Series: []float64{}}
	var fault *abm.Fault
	if err := s.Sample(0, &x); !errors.As(err, &fault) {
		t.Errorf("got %v, want a fault", err)
	}
	failing = false
	if err := s.Sample(0, &x); err != nil {
		t.Fatal(err)
	}
	if math.Abs(x.Jacobian[0]-3) > 1e-12 || math.Abs(x.Jacobian[1]-2) > 1e-12 || x.Series[0] != 6 {
		t.Errorf("derivatives %v of %v", x.Jacobian, x.Series)
	}
}
