package reparam

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Both tails make up 1/density of log x, and the moments its derivative.
func TestGammaTailsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shape := math.Exp(rapid.Float64Range(3.5, 6.5).Draw(t, "log shape"))
		x := shape * math.Exp(rapid.Float64Range(-2, 2).Draw(t, "z")/math.Sqrt(shape))
		lower, lowerMoment := GammaLower(shape, x)
		upper, upperMoment := GammaUpper(shape, x)
		lg, _ := math.Lgamma(shape)
		whole := math.Exp(lg - shape*math.Log(x) + x)
		if !near(lower+upper, whole, 1e-11) {
			t.Errorf("tails %v + %v, together %v", lower, upper, whole)
		}
		want := whole * (digamma(shape) - math.Log(x))
		if d := upperMoment - lowerMoment - want; math.Abs(d) > 1e-11*(upperMoment+lowerMoment) {
			t.Errorf("moments %v − %v, together %v", upperMoment, lowerMoment, want)
		}
	})
}
