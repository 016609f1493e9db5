package report

import (
	"math"
	"testing"
)

// A discrete parameter's bars are as high as its values are probable, all values
// lie inside the axis, and words stand under their bars.
func TestDiscreteMarginal(t *testing.T) {
	p := Parameter{Name: "network", Posterior: []float64{1, 1, 0, 1}, Values: []Value{{0, "ring", 0.4}, {1, "complete", 0.6}}}
	s, err := Marginals{Parameters: []Parameter{p}}.Plot()
	if err != nil {
		t.Fatal(err)
	}
	axis := s.Panels[0][0].X
	ticks := axis.Tick.Marker.Ticks(axis.Min, axis.Max)
	if len(ticks) != 2 || ticks[1].Label != "complete" || axis.Min > -0.5 || axis.Max < 1.5 {
		t.Errorf("ticks %v from %g to %g", ticks, axis.Min, axis.Max)
	}
	if got := p.mass(p.share).density; len(got) != 3 || got[0] != 0.25 || got[1] != 0 || got[2] != 0.75 {
		t.Errorf("bars %v", got)
	}
	if got := p.summary(); got != "complete (75 %)" {
		t.Errorf("summary %q", got)
	}
}

// Points of a discrete parameter stay nearer to their value than to any other.
func TestScattered(t *testing.T) {
	draws := []float64{3, 3, 3, 4, 4, 4, 5}
	p := Parameter{Values: []Value{{At: 3}, {At: 4}, {At: 5}}}
	for i, x := range p.scattered(draws, upStep) {
		if math.Abs(x-draws[i]) > 0.25 {
			t.Errorf("%g is drawn at %g", draws[i], x)
		}
	}
	if got := (Parameter{}).scattered(draws, upStep); &got[0] != &draws[0] {
		t.Error("a continuous parameter is scattered")
	}
}
