package firms

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"pgregory.net/rapid"

	"github.com/nudge-abm/nudge/ad"
)

// The draw is the quantile of the law, with its slopes in the shapes.
func TestKumaraswamy(t *testing.T) {
	a := ad.NewForward(2)
	defer a.Close()
	rapid.Check(t, func(t *rapid.T) {
		u := rapid.Float64Range(0.001, 0.999).Draw(t, "u")
		p, q := rapid.Float64Range(0.5, 8).Draw(t, "a"), rapid.Float64Range(0.5, 8).Draw(t, "b")
		at := func(p, q float64) float64 { return kumaraswamy(u, ad.Const(p), ad.Const(q)).Primal() }
		x := kumaraswamy(u, a.Param(0, p), a.Param(1, q))
		if above := math.Pow(1-math.Pow(x.Primal(), p), q); math.Abs(above-u) > 1e-6*u {
			t.Fatalf("the probability above %g is %g, want %g", x.Primal(), above, u)
		}
		slopes := a.Tangents(nil, x)
		for k, f := range []func(float64) float64{
			func(d float64) float64 { return at(p+d, q) }, func(d float64) float64 { return at(p, q+d) },
		} {
			want := fd.Derivative(f, 0, &fd.Settings{Formula: fd.Central, Step: 1e-5})
			if math.Abs(slopes[k]-want) > 1e-6*(1+math.Abs(want)) {
				t.Fatalf("slope %d: %g, want %g", k, slopes[k], want)
			}
		}
	})
}

// With a or b of 1 it is the beta law.
func TestKumaraswamyMean(t *testing.T) {
	for _, c := range []struct{ a, b, want float64 }{{1, 3, 0.25}, {2, 1, 2. / 3}, {2, 5, 0.3694}, {5, 2, 0.7576}} {
		const n = 1e5
		mean := 0.0
		for k := range int(n) {
			mean += kumaraswamy((float64(k)+0.5)/n, ad.Const(c.a), ad.Const(c.b)).Primal() / n
		}
		if math.Abs(mean-c.want) > 1e-4 {
			t.Errorf("mean of (%g, %g) is %.5f, want %.5f", c.a, c.b, mean, c.want)
		}
	}
}
