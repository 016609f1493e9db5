package sugarscape

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReach(t *testing.T) {
	for shape, cells := range map[string]func(v int) int{
		"diamond": func(v int) int { return 2*v*v + 2*v + 1 },
		"square":  func(v int) int { return (2*v + 1) * (2*v + 1) },
		"cross":   func(v int) int { return 4*v + 1 },
	} {
		s := newSight(shape, 4, 100, false)
		for v, n := range s.reach {
			if n != cells(v) {
				t.Errorf("%s of radius %d has %d cells, want %d", shape, v, n, cells(v))
			}
		}
		if len(s.offsets) != cells(4) || s.offsets[0] != (offset{}) {
			t.Errorf("%s has %d cells, the first %v", shape, len(s.offsets), s.offsets[0])
		}
	}
	if n := len(newSight("diamond", 3, 100, true).offsets); n != 49 {
		t.Errorf("the window has %d cells, want 49", n)
	}
}

func TestMatrix(t *testing.T) {
	want := [][]float64{
		{0, 0, 1, 0, 0},
		{0, 1, 1, 1, 0},
		{1, 1, 1, 1, 1},
		{0, 1, 1, 1, 0},
		{0, 0, 1, 0, 0},
	}
	if diff := cmp.Diff(want, Matrix("diamond", 2, 2)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]float64{{0, 1, 0}, {1, 1, 1}, {0, 1, 0}}, Matrix("cross", 1, 1)); diff != "" {
		t.Error(diff)
	}
}

func TestShifts(t *testing.T) {
	dy, dx := Shifts(1)
	if diff := cmp.Diff([][]float64{{-1, -1, -1}, {0, 0, 0}, {1, 1, 1}}, dy); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]float64{{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}}, dx); diff != "" {
		t.Error(diff)
	}
}
