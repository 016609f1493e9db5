package calibrate

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// The levels were found by an independent implementation, within 5 %.
func TestLevelOfTheBand(t *testing.T) {
	for n, want := range map[int]float64{100: 0.0041, 200: 0.0037, 500: 0.0030} {
		if got := NewUniformity(n, 100, 1).Gamma; math.Abs(got/want-1) > 0.15 {
			t.Errorf("%d ranks: γ = %.4f, want %.4f", n, got, want)
		}
	}
}

func TestUniformityTellsRanksApart(t *testing.T) {
	u := NewUniformity(100, 100, 1)
	luck := rng.Seed{Master: 3}.Stream(rng.Key{})
	shapes := map[string]func(float64) float64{
		"uniform":    func(x float64) float64 { return x },
		"too wide":   func(x float64) float64 { return 0.5 + 0.5*(x-0.5) },
		"too narrow": func(x float64) float64 { return 0.5 - 0.5*math.Cos(math.Pi*x) },
		"shifted":    func(x float64) float64 { return x * x },
	}
	for name, shape := range shapes {
		ranks := make([]int, 100)
		for i := range ranks {
			ranks[i] = int(100 * shape(luck.Uniform()))
		}
		outside := false
		for r, c := range u.Counts(ranks) {
			outside = outside || float64(c) < u.Low[r] || float64(c) > u.High[r]
		}
		p := u.P(ranks)
		if (p > 0.05) != (name == "uniform") || outside != (p < 0.05) {
			t.Errorf("%s ranks: p = %.3f, outside the band: %v", name, p, outside)
		}
	}
}

// Uniform ranks leave the band in about one set of twenty.
func TestUniformRanksStayInTheBand(t *testing.T) {
	u := NewUniformity(50, 20, 1)
	luck := rng.Seed{Master: 9}.Stream(rng.Key{})
	left := 0
	const sets = 2000
	for range sets {
		ranks := make([]int, 50)
		for i := range ranks {
			ranks[i] = int(20 * luck.Uniform())
		}
		if u.P(ranks) < 0.05 {
			left++
		}
	}
	if z := (float64(left) - 0.05*sets) / math.Sqrt(0.05*0.95*sets); z > 4 || z < -6 {
		t.Errorf("%d of %d sets leave the band", left, sets)
	}
}
