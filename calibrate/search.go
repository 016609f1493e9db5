package calibrate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/tempering"
)

// searchLuck is the luck of all evaluations of a search, so that it sees a fixed
// function, apart from that of training and validation.
const searchLuck uint64 = 1 << 39

// search looks for separate modes, once.
func (c *Campaign) search(ctx context.Context) error {
	if c.options.Search == 0 || c.state.Found != nil {
		return nil
	}
	c.searched.Store(0)
	found, err := tempering.Sample(ctx, c.tempered(), tempering.Options{Particles: c.options.Search, Seed: c.options.Seed})
	if errors.Is(err, tempering.ErrNowhere) {
		return fmt.Errorf("%w; check the prior, the model and the data", err)
	}
	if err != nil {
		return err
	}
	c.state.Found, c.state.Searched = found, int(c.searched.Load())
	return c.tellApart()
}

// tellApart finds the modes of what the search found.
func (c *Campaign) tellApart() (err error) {
	if c.modes, err = c.state.Found.Modes(c.tempered()); err == nil {
		c.partition = tempering.NewPartition(c.modes)
	}
	return err
}

// tempered is the problem as the search sees it. Where the target knows its
// exact gradient the particles follow it.
func (c *Campaign) tempered() tempering.Target {
	prior := c.problem.Prior
	return tempering.Target{
		Dim: prior.Dim(), Workers: len(c.evaluators), Follows: c.problem.exact(),
		Draw: func(z, u []float64) {
			theta := make([]float64, len(prior.Names()))
			prior.Draw(theta, u)
			prior.Unconstrain(z, theta)
		},
		Evaluate: func(worker int, z, pull, slope []float64) (float64, float64, error) {
			theta := make([]float64, len(prior.Names()))
			prior.Constrain(theta, z)
			logPrior := prior.LogDensity(pull, z)
			var grad []float64
			if slope != nil {
				grad = make([]float64, len(theta))
			}
			v, err := c.evaluators[worker].Evaluate(theta, searchLuck, grad)
			c.searched.Add(int64(v.Runs))
			if slope != nil {
				prior.Pull(slope, z, theta, grad)
				floats.Scale(c.problem.Weight, slope)
			}
			return logPrior, c.problem.Weight * v.Loss, err
		},
	}
}

// startAt begins the fit where the search found a mode: with its moments, then
// by the likelihood of its particles, which is KL(posterior ‖ q) and covers all
// of the mode.
func (t *Trainer) startAt(m tempering.Mode, z [][]float64) {
	t.flow.Match(m.Mean, m.Root)
	if !t.options.Flow.Layered() {
		return
	}
	t.cover(m.Members, z)
}

const (
	coverSteps = 200  // of the fit to particles
	coverDraws = 128  // particles a step
	coverRate  = 3e-3 // learning rate, falling to 0
)

// cover raises the mean log q of particles.
func (t *Trainer) cover(members []int, z [][]float64) {
	n := min(coverDraws, len(members))
	tape := t.flow.NewTape(n)
	points := make([]float64, n*t.flow.Dim())
	zBar, qBar := make([]float64, len(points)), make([]float64, n)
	adam := t.adam.Init(len(t.grad))
	for step := range coverSteps {
		luck := t.stream(drawForward, step, 0)
		for s := range n {
			i := members[min(int(luck.Uniform()*float64(len(members))), len(members)-1)]
			copy(points[s*t.flow.Dim():], z[i])
			qBar[s] = -1 / float64(n)
		}
		t.flow.Density(tape, points)
		t.flow.Score(tape)
		floats.ScaleTo(zBar, 1/float64(n), tape.Score) // ∂log q/∂φ at fixed z
		clear(t.grad)
		t.flow.Backward(t.grad, tape, zBar, qBar)
		t.adam.Update(t.flow.Params(), t.grad, coverRate*(1-float64(step)/coverSteps), &adam)
	}
}

// chosen is the flow with the least validated objective.
func (s State) chosen() (f flow.State) {
	f = s.Flow
	if s.Best.Params != nil {
		f.Params = slices.Clone(s.Best.Params)
	}
	return f
}
