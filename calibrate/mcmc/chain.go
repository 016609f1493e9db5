package mcmc

import (
	"fmt"
	"math"
	"slices"

	"github.com/nudge-abm/nudge/rng"
)

// Draw is one draw of a chain.
type Draw struct {
	Theta      []float64
	Z          []float64 // the prior's unconstrained coordinates
	LogPrior   float64   // log π(θ)
	Loss       float64   // under the chains' luck
	LogDensity float64   // of the generalised posterior in z, up to a constant
	Acceptance float64   // mean over the states of the trajectory, or over the steps
	Energy     float64   // NUTS: of the trajectory
	Steps      int       // leapfrog or random steps
	Depth      int       // NUTS: doublings
	Diverging  bool      // NUTS: the trajectory left the level of its energy
}

// Chain is what a chain drew after its warm-up.
type Chain struct {
	Draws    []Draw
	StepSize float64
}

// kernel moves a chain.
type kernel interface {
	// gradient reports whether points need the gradient.
	gradient() bool
	// guess returns a step size to begin with.
	guess(c *chain) (float64, error)
	// move goes from the present point to the next and says what happened.
	move(c *chain, step float64) (Draw, error)
}

var kernels = map[Kernel]kernel{NUTS: nuts{}, Metropolis: metropolis{}}

// chain is the state of one chain.
type chain struct {
	*density
	options Options
	kernel  kernel
	luck    rng.Stream
	metric  *metric
	here    point
}

// purpose of the draws of chains.
const purpose = 400

func newChain(d *density, o Options, index int) *chain {
	return &chain{
		density: d, options: o, kernel: kernels[o.Kernel], metric: newMetric(d.problem.Prior.Dim()),
		luck: rng.Seed{Master: o.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: purpose, Agent: index}),
	}
}

// hopeless is the number of prior draws without a finite loss that ends a chain.
const hopeless = 100

// start goes to the best of several prior draws.
func (c *chain) start() error {
	c.here.density = math.Inf(-1)
	for tried := 0; tried < c.options.Starts || math.IsInf(c.here.density, -1); tried++ {
		if tried >= max(hopeless, c.options.Starts) {
			return fmt.Errorf("none of %d prior draws has a finite loss, so no chain can start; narrow the prior or check the model and the data", tried)
		}
		_, z := c.problem.Prior.Sample(c.luck.Uniform)
		there, err := c.at(z, false)
		if err != nil {
			return err
		}
		if there.density > c.here.density {
			c.here = there
		}
	}
	if !c.kernel.gradient() {
		return nil
	}
	here, err := c.at(c.here.z, true)
	c.here = here
	return err
}

// run makes the warm-up and the draws; tell is told of each.
func (c *chain) run(tell func()) (Chain, error) {
	if err := c.start(); err != nil {
		return Chain{}, err
	}
	step, err := c.warmUp(tell)
	if err != nil {
		return Chain{}, err
	}
	out := Chain{StepSize: step}
	for range c.options.Draws {
		x, err := c.draw(step)
		if err != nil {
			return Chain{}, err
		}
		out.Draws = append(out.Draws, x)
		tell()
	}
	return out, nil
}

// warmUp adapts metric and step size, and returns the latter.
func (c *chain) warmUp(tell func()) (float64, error) {
	w := newWindows(c.options.Warmup)
	step := stepSize{target: c.options.Accept}
	guess, err := c.kernel.guess(c)
	if err != nil {
		return 0, err
	}
	step.begin(guess)
	var seen [][]float64
	for i := range c.options.Warmup {
		x, err := c.draw(step.next())
		if err != nil {
			return 0, err
		}
		step.update(x.Acceptance)
		if i >= w.from {
			seen = append(seen, x.Z)
		}
		if slices.Contains(w.ends, i+1) {
			c.metric.estimate(c.options.Metric, seen)
			seen = nil
			if guess, err = c.kernel.guess(c); err != nil {
				return 0, err
			}
			step.begin(guess)
		}
		tell()
	}
	return step.settled(), nil
}

// draw makes one draw.
func (c *chain) draw(step float64) (Draw, error) {
	x, err := c.kernel.move(c, step)
	x.Theta, x.Z = c.here.theta, c.here.z
	x.LogPrior, x.Loss, x.LogDensity = c.here.logPrior, c.here.loss, c.here.density
	return x, err
}
