package tempering

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// kernel is the Metropolis kernel of the particles of one group: Hamiltonian
// dynamics, or a random walk, in the group's own scale. A particle keeps its
// kernel while it moves, wherever to, so that the moves leave the target as it
// is.
type kernel struct {
	root *mat.TriDense // L: the group's covariance is LLᵀ
	step float64       // length of a step in that scale
}

// mostLeaps is the most leapfrog steps of one move.
const mostLeaps = 8

// Wanted rates of acceptance.
const (
	acceptedWalk  = 0.25
	acceptedLeaps = 0.75
)

// tune groups the particles by neighbourhood and gives each group a kernel of
// its scale. The length of steps carries over.
func (s *sampler) tune() {
	step := 1.0
	if !s.Follows {
		step = 2.4 / math.Sqrt(float64(s.Dim))
	}
	if len(s.kernels) > 0 {
		step = 0
		for _, p := range s.particles {
			step += math.Log(s.kernels[p.label].step) / float64(len(s.particles))
		}
		step = math.Exp(step)
	}
	z, height := make([][]float64, len(s.particles)), make([]float64, len(s.particles))
	for i, p := range s.particles {
		z[i], height[i] = p.z, p.logDensity(s.beta)
	}
	modes := modesOf(z, hills(z, height, nil))
	s.kernels = s.kernels[:0]
	for label, m := range modes {
		s.kernels = append(s.kernels, kernel{m.Root, step})
		for _, i := range m.Members {
			s.particles[i].label = label
		}
	}
}

// proposal is where a move went.
type proposal struct {
	particle
	accepted    float64 // probability
	evaluations int
	lost        bool // the loss was not finite there
}

// move moves every particle once and adapts the steps to what was accepted.
func (s *sampler) move(ctx context.Context) error {
	s.moved++
	sum, count := make([]float64, len(s.kernels)), make([]float64, len(s.kernels))
	err := abm.Ordered(ctx, s.Workers, len(s.particles), func(worker, i int) (proposal, error) {
		luck := s.stream(drawMove, s.moved, i)
		p := s.particles[i]
		if s.Follows {
			return s.leap(worker, p, s.kernels[p.label], &luck)
		}
		return s.walk(worker, p, s.kernels[p.label], &luck)
	}, func(i int, to proposal) error {
		sum[s.particles[i].label] += to.accepted
		count[s.particles[i].label]++
		s.out.Evaluations += to.evaluations
		if to.lost {
			s.out.NonFinite++
		}
		label := s.particles[i].label
		s.particles[i] = to.particle
		s.particles[i].label = label
		return nil
	})
	for k := range s.kernels {
		wanted := acceptedWalk
		if s.Follows {
			wanted = acceptedLeaps
		}
		if count[k] > 0 {
			s.kernels[k].step *= math.Exp(1.5 * (sum[k]/count[k] - wanted))
		}
	}
	return err
}

// walk proposes a normal step.
func (s *sampler) walk(worker int, from particle, k kernel, luck *rng.Stream) (proposal, error) {
	z := k.from(from.z, k.step, normals(s.Dim, luck))
	to, err := s.at(worker, z)
	out := proposal{particle: from, evaluations: 1, lost: math.IsInf(to.loss, 1)}
	out.decide(to, to.logDensity(s.beta)-from.logDensity(s.beta), luck)
	return out, err
}

// leap proposes the end of a few leapfrog steps of Hamiltonian dynamics (Duane,
// Kennedy, Pendleton and Roweth 1987) whose masses are the inverse of the
// group's covariance.
func (s *sampler) leap(worker int, from particle, k kernel, luck *rng.Stream) (proposal, error) {
	momentum := normals(s.Dim, luck)
	before := from.logDensity(s.beta) - floats.Dot(momentum, momentum)/2
	at, force := from, make([]float64, s.Dim)
	kick := func(size float64) {
		at.gradient(force, s.beta)
		mat.NewVecDense(s.Dim, force).MulVec(k.root.T(), mat.NewVecDense(s.Dim, append([]float64(nil), force...)))
		floats.AddScaled(momentum, size, force)
	}
	out := proposal{particle: from}
	step := k.step * (0.6 + 0.8*luck.Uniform()) // no step resonates with the target
	for range 1 + int(mostLeaps*luck.Uniform()) {
		kick(step / 2)
		z := k.from(at.z, step, momentum)
		to, err := s.at(worker, z)
		out.evaluations++
		if err != nil {
			return out, err
		}
		if math.IsInf(to.loss, 1) {
			out.lost = true
			return out, nil
		}
		at = to
		kick(step / 2)
	}
	out.decide(at, at.logDensity(s.beta)-floats.Dot(momentum, momentum)/2-before, luck)
	return out, nil
}

// decide accepts the end of a move by its gain in log-density.
func (p *proposal) decide(to particle, gain float64, luck *rng.Stream) {
	if math.IsNaN(gain) {
		gain = math.Inf(-1)
	}
	p.accepted = math.Min(1, math.Exp(gain))
	if luck.Uniform() < p.accepted {
		p.particle = to
	}
}

// from returns z + size·L·x.
func (k kernel) from(z []float64, size float64, x []float64) []float64 {
	to := make([]float64, len(z))
	mat.NewVecDense(len(z), to).MulVec(k.root, mat.NewVecDense(len(x), x))
	floats.Scale(size, to)
	floats.Add(to, z)
	return to
}

func normals(n int, luck *rng.Stream) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = luck.Normal()
	}
	return x
}
