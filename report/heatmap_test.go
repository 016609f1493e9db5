package report

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCellEdges(t *testing.T) {
	if diff := cmp.Diff([]float64{0.5, 1.5, 3, 5}, cellEdges([]float64{1, 2, 4})); diff != "" {
		t.Error(diff)
	}
}

func TestDivergingColours(t *testing.T) {
	for x, want := range map[float64]int{-9: 0, -1: 0, -0.5: 1, 0: 2, 0.5: 3, 1: 4, 9: 4} {
		if got := diverging(x); got != divergingStops[want] {
			t.Errorf("colour of %g is %v, expected %v", x, got, divergingStops[want])
		}
	}
	if diverging(math.NaN()) == diverging(0) {
		t.Error("a missing value looks like zero")
	}
}

func TestHeatmapLimit(t *testing.T) {
	if m := (Heatmap{Values: [][]float64{{1, -4}, {math.NaN(), 2}}}).limit(); m != 4 {
		t.Errorf("limit %g, expected 4", m)
	}
	if m := (Heatmap{Values: [][]float64{{0}}}).limit(); m != 1 {
		t.Errorf("limit %g, expected 1", m)
	}
}
