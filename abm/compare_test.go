package abm_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

func TestGreater(t *testing.T) {
	inf := math.Inf(1)
	for _, test := range []struct{ a, b, want, slope float64 }{
		{2, 1, 1, density(1)}, {1, 2, 0, density(1)}, {1, 1, 0, density(0)},
		{inf, 1, 1, 0}, {1, inf, 0, 0}, {inf, inf, 0, 0}, {-inf, -inf, 0, 0},
	} {
		a := ad.NewForward(2)
		x := abm.Greater(a.Param(0, test.a), a.Param(1, test.b), abm.NormalCDF{Sigma: 1})
		got := a.Tangents(nil, x)
		if x.Primal() != test.want || !(math.Abs(got[0]-test.slope) <= 1e-15) || got[1] != -got[0] {
			t.Errorf("%v > %v: %v, derivatives %v", test.a, test.b, x.Primal(), got)
		}
		if y := abm.Greater(ad.Const(test.a), ad.Const(test.b), nil); y != ad.Const(test.want) {
			t.Errorf("%v > %v of constants: %v", test.a, test.b, y)
		}
		a.Close()
	}
}

// The mean derivative of 1[θ > U] is 1 as that of its mean, with the variance of
// a kernel of the surrogate's width.
func TestGreaterThanUniform(t *testing.T) {
	for _, test := range []struct {
		s        abm.Surrogate
		variance float64
	}{
		{abm.NormalCDF{Sigma: 0.05}, 1/(2*math.SqrtPi*0.05) - 1},
		{abm.Logistic{Width: 0.01}, 1/(6*0.01) - 1},
		{abm.PiecewiseLinear{Width: 0.1}, 1/(2*0.1) - 1},
	} {
		sum, squares := 0.0, 0.0
		err := inForward(t, nil, []float64{0, 0, 1, 0.5, 1}, func(w *abm.World) {
			for range w.Agents(draws) {
				x := abm.Greater(w.Param("share"), w.Uniform(0, ad.Const(0), ad.Const(1)), test.s)
				d := w.Arena().Tangents(nil, x)[2]
				sum += d
				squares += d * d
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		mean := sum / draws
		if z := (mean - 1) / math.Sqrt(test.variance/draws); math.Abs(z) > 4 {
			t.Errorf("%#v: mean %v is %.1f standard errors off", test.s, mean, z)
		}
		if got := squares/draws - mean*mean; math.Abs(got/test.variance-1) > 0.05 {
			t.Errorf("%#v: variance %v, want %v", test.s, got, test.variance)
		}
	}
}

// P(x > c) of a Beta(2, 3) draw, c = 0.4, by a narrow surrogate and the pathwise
// derivatives of the draw: within the surrogate's bias of the exact derivatives.
func TestThresholdOnBeta(t *testing.T) {
	const c, sigma = 0.4, 0.02
	exact := []float64{0.2408693761, -0.1563443364, -1.728} // by a, b and c
	byA := smoothedOver(c, sigma, func(x float64) float64 {
		return -slopeOf(func(a float64) float64 { return mathext.RegIncBeta(a, 3, x) }, 2)
	})
	byB := smoothedOver(c, sigma, func(x float64) float64 {
		return -slopeOf(func(b float64) float64 { return mathext.RegIncBeta(2, b, x) }, 3)
	})
	byC := smoothedOver(c, sigma, func(x float64) float64 { return -12 * x * (1 - x) * (1 - x) })

	const n = 200000
	above, sum, squares := 0.0, make([]float64, 4), make([]float64, 4)
	err := inForward(t, nil, []float64{0, 2, 3, c, 1}, func(w *abm.World) {
		s := abm.Surrogate(abm.NormalCDF{Sigma: sigma})
		d := make([]float64, 4)
		for range w.Agents(n) {
			x := abm.Greater(w.Beta(0, w.Param("opens"), w.Param("closes")), w.Param("share"), s)
			above += x.Primal()
			for k, v := range w.Arena().Tangents(d, x) {
				sum[k] += v
				squares[k] += v * v
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if z := (above/n - 0.4752) / math.Sqrt(0.4752*(1-0.4752)/n); math.Abs(z) > 4 {
		t.Errorf("share above %v", above/n)
	}
	for k, want := range []float64{byA, byB, byC} {
		mean := sum[k] / n
		se := math.Sqrt((squares[k]/n - mean*mean) / n)
		if math.Abs(mean-want) > 4*se || se > 0.01*math.Abs(exact[k]) {
			t.Errorf("derivative %d: %v ± %v, want %v", k, mean, se, want)
		}
		if math.Abs(want-exact[k]) > 0.02*math.Abs(exact[k]) {
			t.Errorf("derivative %d: the surrogate makes it %v, exactly %v", k, want, exact[k])
		}
	}
}

// smoothedOver is the mean of f under the normal law about c.
func smoothedOver(c, sigma float64, f func(x float64) float64) float64 {
	const cells = 400
	sum := 0.0
	for i := range cells {
		z := -8 + 16*(float64(i)+0.5)/cells
		sum += density(z) * f(c+sigma*z) * 16 / cells
	}
	return sum
}

// slopeOf is a central difference.
func slopeOf(f func(x float64) float64, x float64) float64 {
	const h = 1e-4
	return (f(x+h) - f(x-h)) / (2 * h)
}

// What a decision cannot decide on fails the run, with agent and step.
func TestFaultsOfDecisions(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	one := []float64{0, 0, 1, 0.5, 1}
	for want, decide := range map[string]func(w *abm.World){
		"NaN > 1 has no answer; look for 0/0 or ∞−∞ upstream":                     func(*abm.World) { abm.Greater(ad.Const(nan), ad.Const(1), nil) },
		"2 > NaN has no answer; look for 0/0 or ∞−∞ upstream":                     func(*abm.World) { abm.Greater(ad.Const(2), ad.Const(nan), nil) },
		"the width of a surrogate must be positive, is 0":                         func(w *abm.World) { abm.Greater(w.Param("rate"), ad.Const(1), abm.NormalCDF{}) },
		"the width of a surrogate must be positive, is -1":                        func(w *abm.World) { abm.Logistic{Width: -1}.Step(w.Param("rate")) },
		"the width of a surrogate must be positive, is NaN":                       func(w *abm.World) { abm.PiecewiseLinear{Width: nan}.Step(w.Param("rate")) },
		"the temperature of an ArgMax must be positive, is 0":                     func(w *abm.World) { w.ArgMax(consts(1, 2), 0) },
		"the temperature of an ArgMax must be positive, is NaN":                   func(w *abm.World) { w.ArgMaxRandomTies(0, consts(1, 2), nan) },
		"a choice needs at least one alternative":                                 func(w *abm.World) { w.ArgMax(nil, 1) },
		"score 1 of a choice is NaN (not a number); look for 0/0 or ∞−∞ upstream": func(w *abm.World) { w.ArgMax(consts(1, nan), 1) },
		"the largest score of a choice must be finite, is +Inf":                   func(w *abm.World) { w.ArgMax(consts(1, inf), 1) },
		"the largest score of a choice must be finite, is -Inf":                   func(w *abm.World) { w.ArgMax(consts(-inf, -inf), 1) },
	} {
		err := inForward(t, nil, one, func(w *abm.World) {
			for i := range w.Agents(4) {
				if i == 3 {
					decide(w)
				}
			}
		})
		if want := fmt.Sprintf("model prober: %s (agent 3, step 0)", want); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// Outside a run a misuse panics with the sentence.
func TestMisuseOutsideARun(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || err.Error() != "abm: NaN > 0 has no answer; look for 0/0 or ∞−∞ upstream" {
			t.Errorf("recovered %v", err)
		}
	}()
	abm.Greater(ad.Const(math.NaN()), ad.Num{}, nil)
}
