package report

import (
	"math"
	"testing"
)

// TestRegionsOfGaussian compares the areas with those of a normal
// distribution, π·σ²·χ² with χ² = 2·ln(1/(1−p)) for the share p, where σ² is
// inflated by the kernel: 1 + n^(−1/3).
func TestRegionsOfGaussian(t *testing.T) {
	r := sampleRand(2)
	const n = 20000
	x, y := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], y[i] = r.NormFloat64(), 100+10*r.NormFloat64()
	}
	got, ok := newRegions(x, y)
	if !ok {
		t.Fatal("no regions")
	}
	inflated := math.Pi * 10 * (1 + math.Pow(n, -1.0/3))
	for level, p := range map[float64]float64{got.l50: 0.5, got.l90: 0.9} {
		want := inflated * 2 * math.Log(1/(1-p))
		if a := got.areaAbove(level); math.Abs(a/want-1) > 0.05 {
			t.Errorf("area %g for %g, expected %g", a, p, want)
		}
	}
}

func TestRegionsNeedDrawsWithWidth(t *testing.T) {
	days := sampleDays(100)
	for name, xy := range map[string][2][]float64{
		"few":        {days[:20], days[:20]},
		"constant":   {days, same(3, 100)},
		"mostly gap": {days, append(same(math.NaN(), 80), days[:20]...)},
	} {
		if _, ok := newRegions(xy[0], xy[1]); ok {
			t.Errorf("%s: regions", name)
		}
	}
}
