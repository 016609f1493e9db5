package report

import (
	"math"
	"testing"
)

// area returns the area of a polygon.
func area(pts []corner) float64 {
	var twice float64
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		twice += a.x*b.y - b.x*a.y
	}
	return math.Abs(twice) / 2
}

// areaAbove returns the area that fill would paint.
func (r regions) areaAbove(level float64) (sum float64) {
	for j := 0; j+1 < len(r.y); j++ {
		r.squares(j, level, func(corners []corner) { sum += area(above(level, corners)) })
	}
	return sum
}

func TestAboveCutsAtLevel(t *testing.T) {
	square := []corner{{0, 0, 0}, {1, 0, 1}, {1, 1, 1}, {0, 1, 0}}
	if a := area(above(0.25, square)); math.Abs(a-0.75) > 1e-12 {
		t.Errorf("area %g, expected 0.75", a)
	}
	if kept := above(2, square); len(kept) != 0 {
		t.Errorf("kept %v above everything", kept)
	}
}
