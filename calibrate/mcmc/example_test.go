package mcmc_test

import (
	"context"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// 20 of 99 steps went up. With a uniform prior the posterior of the probability
// is Beta(21, 80), whose mean is 0.208.
func ExampleRun() {
	d, err := prior.NewUniform(0, 1)
	if err != nil {
		panic(err)
	}
	up, err := prior.NewCoordinate("up", d)
	if err != nil {
		panic(err)
	}
	joint, err := prior.NewJoint(up)
	if err != nil {
		panic(err)
	}
	likelihood := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
		p := theta[0]
		if grad != nil {
			grad[0] = 20/p - 79/(1-p)
		}
		return 20*math.Log(p) + 79*math.Log1p(-p)
	})
	problem := calibrate.Problem{Prior: joint, Target: likelihood, Weight: 1}
	sample, err := mcmc.Run(context.Background(), problem, mcmc.Options{Draws: 1000, Seed: 1}, nil)
	if err != nil {
		panic(err)
	}
	s := calibrate.Summarise(sample.Posterior(problem).Column(0))
	c := mcmc.Converge(sample.Column(0))
	fmt.Printf("mean %.2f, sd %.2f, converged: %v\n", s.Mean, s.SD, c.RHat < 1.01 && c.Bulk > 400)
	// Output: mean 0.21, sd 0.04, converged: true
}
