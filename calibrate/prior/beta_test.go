package prior

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

func TestBeta(t *testing.T) {
	for _, c := range [][2]float64{{2, 5}, {5, 2}, {1, 1}, {0.5, 0.5}, {0.5, 3}, {400, 900}, {1000, 10}} {
		d := must(NewBeta(c[0], c[1]))
		checkDensity(t, d)
		checkReference(t, d, distuv.Beta{Alpha: c[0], Beta: c[1]})
	}
}

// Beside a bound θ runs out of digits, the logit does not.
func TestBetaBesideABound(t *testing.T) {
	for _, c := range [][2]float64{{50, 0.01}, {0.01, 50}, {0.02, 0.03}, {50, 0.001}} {
		d := newBeta(c[0], c[1])
		for _, u := range []float64{1e-4, 0.1, 0.5, 0.9, 0.9999} {
			w := d.QuantileAt(u)
			below, above := d.logTails(w)
			if !near(math.Exp(below), u, 1e-11) || !near(math.Exp(above), 1-u, 1e-11) {
				t.Errorf("%v: quantile of %v is logit %v with tails %v and %v", d, u, w, math.Exp(below), math.Exp(above))
			}
		}
		checkIntegralAt(t, d)
	}
}

// A thin tail keeps its digits on either side of ½.
func TestBetaFarTails(t *testing.T) {
	for _, c := range [][2]float64{{1000, 10}, {10, 1000}, {300, 300}} {
		d := newBeta(c[0], c[1])
		w := d.QuantileAt(1e-20)
		x := sigmoid(w)
		if below := math.Log(mathext.RegIncBeta(c[0], c[1], x)); !near(below, math.Log(1e-20), 1e-9) {
			t.Errorf("%v: quantile of 1e-20 is %v with log-probability %v below", d, x, below)
		}
	}
}

// checkIntegralAt sums the density of w by the trapezoidal rule, which is
// exact to rounding for smooth densities on the real line.
func checkIntegralAt(t *testing.T, d Beta) {
	t.Helper()
	from, to := d.QuantileAt(1e-13), d.QuantileAt(1-1e-13)
	const n = 100_000
	h, mass := (to-from)/n, 0.0
	for i := range n {
		logp, _ := d.LogDensityAt(from + (float64(i)+0.5)*h)
		mass += h * math.Exp(logp)
	}
	if !near(mass, 1, 1e-6) {
		t.Errorf("%v: mass %v in w", d, mass)
	}
}

func TestBetaRefuses(t *testing.T) {
	d, err := NewBeta(0, 1)
	checkError(t, d, err, "a must be positive, is 0")
	d, err = NewBeta(1, math.NaN())
	checkError(t, d, err, "b must be positive, is NaN")
}

func BenchmarkBetaQuantile(b *testing.B) {
	d := newBeta(2, 5)
	for i := range b.N {
		d.Quantile((float64(i%1000) + 0.5) / 1000)
	}
}
