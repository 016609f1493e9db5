package prior

import (
	"math"
	"testing"
)

func TestPooled(t *testing.T) {
	checkDensity(t, newPooled(Real{}, must(NewNormal(1, 0.5)), must(NewHalfNormal(0.4)), "pooled"))
	checkDensity(t, newPooled(Interval{0, 1}, must(NewNormal(-1, 0.2)), must(NewGamma(3, 6)), "pooled in an interval"))
}

// A normal mean and a spread that is as good as known make a normal, whichever of
// them is the wider.
func TestPooledOfAKnownSpread(t *testing.T) {
	for _, s := range []float64{0.2, 3, 50} {
		p := newPooled(Real{}, must(NewNormal(1, 1)), must(NewUniform(s, s*(1+1e-9))), "pooled")
		want := Normal{1, math.Hypot(1, s)}
		for _, u := range []float64{0.03, 0.3, 0.5, 0.52, 0.96} {
			w := want.Quantile(u)
			got, slope := p.LogDensity(w)
			if l, dl := want.LogDensity(w); !near(math.Exp(got), math.Exp(l), 1e-3) || !near(slope, dl, 2e-2) {
				t.Errorf("spread %v: log-density %v with slope %v at %v, want %v, %v", s, got, slope, w, l, dl)
			}
			if c := want.CDF(w); math.Abs(p.CDF(w)-c) > 1e-3 {
				t.Errorf("spread %v: CDF %v at %v, want %v", s, p.CDF(w), w, c)
			}
		}
	}
}
