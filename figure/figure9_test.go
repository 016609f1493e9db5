package figure

import (
	"math"
	"testing"
)

// The sum over unit steps of a slope of unit mass: for the normal by Poisson's
// formula 1 to 2e^(−2π²) ≈ 5e-9; for the ramp from −√3 to √3 three or four steps
// of 1/(2√3).
func TestShift(t *testing.T) {
	ramp := 0.5 / math.Sqrt(3)
	for _, c := range []struct {
		s                soft
		on, between, tol float64
	}{
		{softSteps[0], -1, -1, 1e-8},
		{softSteps[1], -1, -1, 1e-3},
		{softSteps[2], -3 * ramp, -4 * ramp, 1e-12},
	} {
		if got := c.s.shift(15); math.Abs(got-c.on) > c.tol {
			t.Errorf("%s starting on a step: %g, want %g", c.s.name, got, c.on)
		}
		if got := c.s.shift(15.5); math.Abs(got-c.between) > c.tol {
			t.Errorf("%s starting between two: %g, want %g", c.s.name, got, c.between)
		}
	}
}
