package mcmc

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// nuts is the no-U-turn sampler (Hoffman and Gelman 2014) with multinomial
// choice along the trajectory and the U-turn criterion in terms of the sum of
// momenta (Betancourt 2017, appendix A), which is checked across the seam of two
// halves as well, as Stan does.
type nuts struct{}

// diverged is the rise in energy, in nats, at which a trajectory is given up.
const diverged = 1000

func (nuts) gradient() bool { return true }

// phase is a point with a momentum.
type phase struct {
	point
	momentum, velocity []float64
	energy             float64 // potential and kinetic
}

// launch gives the present point a momentum.
func (c *chain) launch() phase { return c.phase(c.here, c.metric.momentum(&c.luck)) }

func (c *chain) phase(x point, p []float64) phase {
	v := c.metric.velocity(p)
	return phase{x, p, v, floats.Dot(p, v)/2 - x.density}
}

// leap makes one leapfrog step, backwards if it is negative.
func (c *chain) leap(from phase, step float64) (phase, error) {
	p := floats.AddScaledTo(make([]float64, len(from.z)), from.momentum, step/2, from.grad)
	z := floats.AddScaledTo(make([]float64, len(from.z)), from.z, step, c.metric.velocity(p))
	x, err := c.at(z, true)
	if err != nil {
		return phase{}, err
	}
	floats.AddScaled(p, step/2, x.grad)
	to := c.phase(x, p)
	if math.IsNaN(to.energy) {
		to.energy = math.Inf(1)
	}
	return to, nil
}

// guess doubles or halves a step of one until a single leap's acceptance crosses
// the target.
func (nuts) guess(c *chain) (float64, error) {
	step, factor := 1.0, 0.0
	for range 40 {
		from := c.launch()
		to, err := c.leap(from, step)
		if err != nil {
			return 0, err
		}
		this := 0.5
		if from.energy-to.energy > math.Log(0.8) {
			this = 2
		}
		if factor != 0 && this != factor {
			break
		}
		factor = this
		step *= factor
	}
	return step, nil
}

// tree is a stretch of a trajectory.
type tree struct {
	first, last phase     // in the order of time
	sum         []float64 // of the momenta
	chosen      point     // one state by its weight
	weight      float64   // log of the sum of e^(−energy), relative to the launch
	ended       bool      // it turned back on itself or diverged
}

// trajectory collects what happens along the way.
type trajectory struct {
	*chain
	launch     float64 // energy
	step       float64
	leaps      int
	acceptance float64 // sum over leaps
	diverging  bool
}

// move grows a trajectory by doubling until it turns, and chooses a state.
func (nuts) move(c *chain, step float64) (Draw, error) {
	from := c.launch()
	t := &trajectory{chain: c, launch: from.energy, step: step}
	whole := tree{first: from, last: from, sum: from.momentum, chosen: from.point}
	depth := 0
	for ; depth < c.options.MaxDepth && !whole.ended; depth++ {
		edge, direction := whole.last, 1.0
		if c.luck.Uniform() < 0.5 {
			edge, direction = whole.first, -1
		}
		grown, err := t.grow(edge, depth, direction)
		if err != nil {
			return Draw{}, err
		}
		if grown.ended {
			break
		}
		// The new half is preferred, which makes for longer moves.
		whole = t.join(whole, grown, direction, grown.weight-whole.weight)
	}
	c.here = whole.chosen
	return Draw{
		Acceptance: t.acceptance / float64(t.leaps), Energy: from.energy, Steps: t.leaps, Depth: depth, Diverging: t.diverging,
	}, nil
}

// grow makes a tree of 2^depth states beyond an edge.
func (t *trajectory) grow(edge phase, depth int, direction float64) (tree, error) {
	if depth == 0 {
		return t.leaf(edge, direction)
	}
	near, err := t.grow(edge, depth-1, direction)
	if err != nil || near.ended {
		return near, err
	}
	edge = near.last
	if direction < 0 {
		edge = near.first
	}
	far, err := t.grow(edge, depth-1, direction)
	if err != nil || far.ended {
		return far, err
	}
	return t.join(near, far, direction, far.weight-logSum(near.weight, far.weight)), nil
}

// leaf makes one step.
func (t *trajectory) leaf(edge phase, direction float64) (tree, error) {
	to, err := t.leap(edge, direction*t.step)
	if err != nil {
		return tree{}, err
	}
	rise := to.energy - t.launch
	t.leaps++
	t.acceptance += math.Exp(min(0, -rise))
	x := tree{first: to, last: to, sum: to.momentum, chosen: to.point, weight: -rise}
	if x.ended = rise > diverged; x.ended {
		t.diverging = true
	}
	return x, nil
}

// join puts a new tree beside an old one, and takes the new one's state with a
// probability of which the logarithm is given.
func (t *trajectory) join(old, new tree, direction, logChance float64) tree {
	a, b := old, new
	if direction < 0 {
		a, b = new, old
	}
	x := tree{first: a.first, last: b.last, chosen: old.chosen, weight: logSum(old.weight, new.weight)}
	x.sum = floats.AddTo(make([]float64, len(a.sum)), a.sum, b.sum)
	if math.Log(t.luck.Uniform()) < logChance {
		x.chosen = new.chosen
	}
	seam := func(sum []float64, beyond phase) []float64 {
		return floats.AddTo(make([]float64, len(sum)), sum, beyond.momentum)
	}
	x.ended = turned(x.first, x.last, x.sum) ||
		turned(a.first, b.first, seam(a.sum, b.first)) ||
		turned(a.last, b.last, seam(b.sum, a.last))
	return x
}

// turned reports whether one of the ends no longer moves along the sum of
// momenta between them.
func turned(first, last phase, sum []float64) bool {
	return floats.Dot(first.velocity, sum) <= 0 || floats.Dot(last.velocity, sum) <= 0
}

func logSum(a, b float64) float64 {
	top := max(a, b)
	if math.IsInf(top, -1) {
		return top
	}
	return top + math.Log1p(math.Exp(min(a, b)-top))
}
