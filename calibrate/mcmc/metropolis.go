package mcmc

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// metropolis is the random walk with normal steps of the metric's covariance.
type metropolis struct{}

func (metropolis) gradient() bool { return false }

// guess is the best scale for a normal posterior in many dimensions (Roberts,
// Gelman and Gilks 1997).
func (metropolis) guess(c *chain) (float64, error) {
	return 2.38 / math.Sqrt(float64(len(c.here.z))), nil
}

// move makes as many steps as a draw has.
func (metropolis) move(c *chain, step float64) (Draw, error) {
	out := Draw{Steps: c.options.Thin}
	for range out.Steps {
		z := c.metric.displacement(&c.luck)
		floats.Scale(step, z)
		floats.Add(z, c.here.z)
		there, err := c.at(z, false)
		if err != nil {
			return out, err
		}
		ratio := math.Exp(min(0, there.density-c.here.density))
		out.Acceptance += ratio / float64(out.Steps)
		if c.luck.Uniform() < ratio {
			c.here = there
		}
	}
	return out, nil
}
