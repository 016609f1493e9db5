package calibrate_test

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A target of one's own: the log-likelihood of nine counts with its gradient in
// the rate. The prior brings the bijector that keeps the rate positive. With a
// gamma prior the exact posterior is Gamma(2 + 31, 0.5 + 9), of mean 3.47 and
// standard deviation 0.60.
func Example() {
	const n, sum = 9, 31
	counts := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
		rate := theta[0]
		if grad != nil {
			grad[0] = sum/rate - n
		}
		return sum*math.Log(rate) - n*rate // up to a constant
	})
	density, err := prior.NewGamma(2, 0.5)
	if err != nil {
		panic(err)
	}
	rate, err := prior.NewCoordinate("rate", density)
	if err != nil {
		panic(err)
	}
	joint, err := prior.NewJoint(rate)
	if err != nil {
		panic(err)
	}
	fit, _, err := calibrate.Fit(context.Background(),
		calibrate.Problem{Prior: joint, Target: counts, Weight: 1},
		calibrate.Options{Seed: 1, Workers: 1})
	if err != nil {
		panic(err)
	}
	s := calibrate.Summarise(fit.Draw(20000, 1).Column(0))
	fmt.Printf("mean %.1f, sd %.1f\n", s.Mean, s.SD)
	fmt.Printf("density at 3.5: %.1f\n", math.Exp(fit.LogDensity([]float64{3.5})))
	// Output:
	// mean 3.5, sd 0.6
	// density at 3.5: 0.7
}
