package reparam

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Both tails make up 1/density of logit x, and the moments its derivatives.
func TestBetaTailsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(3.5, 6.5).Draw(t, "log a"))
		b := math.Exp(rapid.Float64Range(3.5, 6.5).Draw(t, "log b"))
		logit := math.Log(a/b) + rapid.Float64Range(-1, 1).Draw(t, "z")*math.Sqrt(1/a+1/b)
		x, y := 1/(1+math.Exp(-logit)), 1/(1+math.Exp(logit))
		lower, la, lb := BetaLower(x, y, a, b)
		upper, ub, ua := BetaLower(y, x, b, a)
		whole := math.Exp(logBeta(a, b) - a*math.Log(x) - b*math.Log(y))
		if !near(lower+upper, whole, 1e-10) {
			t.Errorf("beta(%v, %v) at %v: tails %v + %v, together %v", a, b, x, lower, upper, whole)
		}
		wantA := whole * (digamma(a) - digamma(a+b) - math.Log(x))
		wantB := whole * (digamma(b) - digamma(a+b) - math.Log(y))
		scale := 1e-10 * (math.Abs(la) + math.Abs(lb) + math.Abs(ua) + math.Abs(ub))
		if math.Abs(la+ua+wantA) > scale || math.Abs(lb+ub+wantB) > scale {
			t.Errorf("beta(%v, %v) at %v: moments %v, %v, want %v, %v", a, b, x, la+ua, lb+ub, -wantA, -wantB)
		}
	})
}

func TestTailsTooLargeForFloat64(t *testing.T) {
	if mass, _, _ := BetaLower(0.8, 0.2, 1, 1000); !math.IsInf(mass, 1) {
		t.Errorf("beta mass %v", mass)
	}
	if mass, _ := GammaLower(1, 800); !math.IsInf(mass, 1) {
		t.Errorf("gamma mass %v", mass)
	}
}

func logBeta(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return la + lb - lab
}
