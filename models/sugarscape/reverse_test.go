package sugarscape_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

// distance is half the squared distance of the series from a ripple.
func distance(series, adjoint []float64) float64 {
	sum := 0.0
	for i, v := range series {
		d := v - math.Sin(float64(i))
		sum += d * d / 2
		if adjoint != nil {
			adjoint[i] = d
		}
	}
	return sum
}

// The gradient of a loss by one sweep back is that by tangents, whether the run is
// recorded whole or from checkpoints.
func TestLossByAdjoints(t *testing.T) {
	for _, settings := range [][]string{{"steps=20"}, {"steps=20", "rules=published-code"}, {"steps=20", "replacement=newborn"}} {
		s := setup(t, settings...)
		p, err := gradient.NewProblem(s, 3)
		if err != nil {
			t.Fatal(err)
		}
		forth := sampled(t, s, 3, gradient.StraightThrough{})
		adjoint := make([]float64, len(forth.Series))
		distance(forth.Series, adjoint)
		for _, tape := range []int{0, 1} {
			back := sampled(t, s, 3, gradient.Loss{Objective: distance, Estimator: gradient.StraightThrough{}, Tape: tape})
			for k, got := range back.Jacobian {
				want := 0.0
				for i, g := range adjoint {
					want += g * forth.Jacobian[i*len(p.Active)+k]
				}
				if !(math.Abs(got-want) <= 1e-9*math.Abs(want)) {
					t.Errorf("%s, parameter %d: %v by adjoints, %v by tangents", fmt.Sprint(settings, tape), k, got, want)
				}
			}
		}
	}
}
