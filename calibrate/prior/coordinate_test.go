package prior

import (
	"math"
	"strings"
	"testing"
)

// newCoordinate returns the block of a density known to be right.
func newCoordinate(t testing.TB, name string, d Density) *Coordinate {
	t.Helper()
	c, err := NewCoordinate(name, d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCoordinate(t *testing.T) {
	for _, d := range []Density{
		must(NewNormal(3, 2)),
		must(NewTruncatedNormal(0.4, 0.5, 0, math.Inf(1))),
		must(NewTruncatedNormal(0.4, 0.5, math.Inf(-1), 0.1)),
		must(NewLogNormal(-1, 0.5)),
		must(NewUniform(-2, 9)),
		must(NewLogUniform(1e-3, 1)),
		must(NewBeta(2, 5)),
		must(NewGamma(2, 3)),
		must(NewExponential(5)),
		must(NewHalfNormal(0.3)),
	} {
		checkBlock(t, newCoordinate(t, "rate", d), []int{0}, func(theta []float64) float64 {
			logp, _ := d.LogDensity(theta[0])
			return logp
		})
	}
}

// Far out, θ sits on its bound but the pulled-back prior keeps its slope.
func TestCoordinateSaturates(t *testing.T) {
	c := newCoordinate(t, "share", must(NewBeta(0.1, 0.1)))
	z, theta, grad := []float64{10}, make([]float64, 1), make([]float64, 1)
	c.Constrain(theta, z)
	logp := c.LogDensity(grad, z)
	if theta[0] != 1 || c.Saturated(z) != 1 {
		t.Errorf("θ = %v, saturated %d", theta[0], c.Saturated(z))
	}
	if want := -0.1 * c.affine.scale; math.IsInf(logp, 0) || !near(grad[0], want, 1e-12) {
		t.Errorf("log π̃ = %v with slope %v, want slope %v", logp, grad[0], want)
	}
	if c.Saturated([]float64{0}) != 0 {
		t.Error("the median counts as saturated")
	}
}

func TestCoordinateRefuses(t *testing.T) {
	if _, err := NewCoordinate("", must(NewNormal(0, 1))); err == nil {
		t.Error("a nameless parameter was accepted")
	}
	_, err := NewCoordinate("x", must(NewLogNormal(0, 1.5e308)))
	if err == nil || !strings.Contains(err.Error(), "x: ") || !strings.Contains(err.Error(), "cannot be standardised") {
		t.Errorf("error %v", err)
	}
}

func TestCoordinateMisuse(t *testing.T) {
	c := newCoordinate(t, "x", must(NewNormal(0, 1)))
	checkPanic(t, "index 1 is out of range", func() { c.Marginal(1) })
	checkPanic(t, "θ has length 2, want 1", func() { c.Draw(make([]float64, 2), make([]float64, 1)) })
}
