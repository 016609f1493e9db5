package mcmc_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A whole number moves in steps of its coordinate, in which the loss has no
// gradient: the chains reach every value as often as they should.
func TestWholeNumber(t *testing.T) {
	law, err := prior.NewInteger(0, 4, []float64{0.1, 0.2, 0.3, 0.2, 0.2})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := prior.NewDiscrete("n", law)
	if err != nil {
		t.Fatal(err)
	}
	x, err := prior.NewCoordinate("x", normal(t, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	j, err := prior.NewJoint(whole, x)
	if err != nil {
		t.Fatal(err)
	}
	// x | n ~ N(n, 1): the posterior of n is its prior times e^(−n²/4).
	likelihood := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
		r := theta[1] - theta[0]
		if grad != nil {
			grad[0], grad[1] = 0, -r
		}
		return -r * r / 2
	})
	sum, weight := 0.0, make([]float64, 5)
	for n, p := range []float64{0.1, 0.2, 0.3, 0.2, 0.2} {
		weight[n] = p * math.Exp(-float64(n*n)/4)
		sum += weight[n]
	}
	for _, kernel := range mcmc.Kernels() {
		s := sample(t, j, likelihood, mcmc.Options{Kernel: kernel, Warmup: 300, Draws: 500, MaxDepth: 5, Seed: 9})
		for n := range weight[:4] {
			moment(t, fmt.Sprintf("%s: probability of %d", kernel, n), s, func(theta []float64) float64 {
				if theta[0] == float64(n) {
					return 1
				}
				return 0
			}, weight[n]/sum)
		}
	}
}
