package report

import (
	"bytes"
	"strings"
	"testing"
)

func TestCurves(t *testing.T) {
	x := []float64{0, 1, 2}
	f := Curves{Title: "Two policies", Panels: []CurvePanel{{
		Name: "Infected", X: "Day", Y: "people", Marks: []float64{1}, Levels: []float64{4},
		Curves: []Curve{
			{Name: "best", X: x, Y: []float64{1, 3, 2}, Low: []float64{0, 2, 1}, High: []float64{2, 4, 3}},
			{Name: "none", X: x, Y: []float64{1, 5, 9}, Points: true},
		},
	}}}
	svg, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Two policies", "Infected", "best", "none", "Day"} {
		if !bytes.Contains(svg, []byte(word)) {
			t.Errorf("no %q in the figure", word)
		}
	}
	f.Panels[0].Curves[0].Low = x[:2]
	if _, err := SVG(f); err == nil || !strings.Contains(err.Error(), "curve best: low") {
		t.Errorf("a short band: %v", err)
	}
	if _, err := SVG(Curves{}); err == nil {
		t.Error("no panel: no error")
	}
}
