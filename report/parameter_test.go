package report

import (
	"math"
	"strings"
	"testing"
)

func TestParameterLimits(t *testing.T) {
	posterior := []float64{4, 5, 6}
	for _, c := range []struct {
		name string
		p    Parameter
		want span
	}{
		{"posterior", Parameter{Posterior: posterior}, span{4, 6}},
		{"truth outside", Parameter{Posterior: posterior, Truth: new(8.0)}, span{4, 8}},
		{"near prior", Parameter{Posterior: posterior, PriorDensity: Density{At: []float64{3, 7}}}, span{3, 7}},
		{"wide prior", Parameter{Posterior: posterior, Prior: []float64{-1000, 1000}}, span{1, 9}},
	} {
		got, want := c.p.limits(1.5), c.want.padded(0.05)
		if math.Abs(got.lo-want.lo)+math.Abs(got.hi-want.hi) > 0.02 {
			t.Errorf("%s: %v, expected %v", c.name, got, want)
		}
	}
}

func TestParameterSummary(t *testing.T) {
	scaled := func(s float64) []float64 {
		out := sampleDays(101)
		for i := range out {
			out[i] = (99 + out[i]/10) * s
		}
		return out
	}
	for want, draws := range map[string][]float64{
		"104.1 (99.6 – 108.6)":       scaled(1),
		"1.041 (0.996 – 1.086)":      scaled(0.01),
		"1.041 (0.996 – 1.086) ×106": scaled(1e4),
		"7":                          {7, 7},
	} {
		if got := strings.ReplaceAll((Parameter{Posterior: draws}).summary(), raise, ""); got != want {
			t.Errorf("summary %q, expected %q", got, want)
		}
	}
}
