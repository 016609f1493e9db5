package prior

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestGamma(t *testing.T) {
	for _, c := range [][2]float64{{2, 3}, {0.5, 1}, {1, 0.2}, {300, 2}} {
		d := must(NewGamma(c[0], c[1]))
		checkDensity(t, d)
		checkReference(t, d, distuv.Gamma{Alpha: c[0], Beta: c[1]})
	}
}

// Small shapes have quantiles that underflow; their logarithms do not.
func TestGammaOfSmallShape(t *testing.T) {
	d := must(NewGamma(0.001, 2)).(Gamma)
	for _, u := range []float64{0.01, 0.3, 0.9} {
		below, above := d.logTails(d.QuantileAt(u))
		if !near(math.Exp(below), u, 1e-11) || !near(math.Exp(above), 1-u, 1e-11) {
			t.Errorf("quantile of %v has tails %v and %v", u, math.Exp(below), math.Exp(above))
		}
	}
}

func TestGammaRefuses(t *testing.T) {
	d, err := NewGamma(-2, 1)
	checkError(t, d, err, "shape must be positive, is -2")
	d, err = NewGamma(1, 0)
	checkError(t, d, err, "rate must be positive, is 0")
}

func BenchmarkGammaQuantile(b *testing.B) {
	d := must(NewGamma(2, 5))
	for i := range b.N {
		d.Quantile((float64(i%1000) + 0.5) / 1000)
	}
}
