package report

import (
	"math"
	"testing"
)

func TestEstimateInterval(t *testing.T) {
	low, high := Estimate{Mean: []float64{1}, StdErr: []float64{0.5}}.interval()
	if math.Abs(low[0]-0.02) > 1e-12 || math.Abs(high[0]-1.98) > 1e-12 {
		t.Errorf("interval %v … %v", low, high)
	}
}

func TestCheckKeepsColoursAcrossPanels(t *testing.T) {
	f := Check{Panels: []Comparison{{Estimates: []Estimate{{Name: "A"}}}, {Estimates: []Estimate{{Name: "B"}, {Name: "A"}}}}}
	if f.hue("A") != 0 || f.hue("B") != 1 {
		t.Errorf("colours of %v: %d, %d", f.names(), f.hue("A"), f.hue("B"))
	}
}
