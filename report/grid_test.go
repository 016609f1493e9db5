package report

import (
	"strings"
	"testing"
)

func checkerboard() Map {
	return Map{Name: "Board", Cells: [][]float64{{0, 1, 2}, {3, 4, -4}}, Dots: [][2]int{{1, 2}}, Signed: true, Numbers: true}
}

// The first row is on top, cells are square, and dots are on their cells.
func TestGridCells(t *testing.T) {
	m := checkerboard()
	_, fills := drawn(squares{m, m.limit()})
	if len(fills) != 6+2 {
		t.Fatalf("%d areas, want 6 cells and a dot with its ring", len(fills))
	}
	first, last, dot := fills[0][0].Pos, fills[5][0].Pos, fills[6][0].Pos
	if !(first.X < last.X && first.Y > last.Y) {
		t.Errorf("first cell at %v, last at %v", first, last)
	}
	if dot.X < last.X-2 || dot.Y < last.Y-2 {
		t.Errorf("dot at %v, its cell at %v", dot, last)
	}
}

func TestGridMistakes(t *testing.T) {
	for _, c := range []struct {
		maps []Map
		want string
	}{
		{nil, "grid: no map"},
		{[]Map{{Name: "A"}}, `grid: map "A": no cells`},
		{[]Map{{Name: "A", Cells: [][]float64{{1, 2}, {1}}}}, `grid: map "A": row 1`},
		{[]Map{{Name: "A", Cells: [][]float64{{1}}, Dots: [][2]int{{0, 1}}}}, "a dot at row 0, column 1 of 1 × 1 cells"},
	} {
		if _, err := (Grid{Maps: c.maps}).Plot(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error is %v, want one with %q", err, c.want)
		}
	}
}

func TestLabel(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -3: "−3", 0.25: "0.25", 1. / 3: "0.333"} {
		if got := label(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}
