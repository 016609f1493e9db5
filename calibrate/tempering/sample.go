package tempering

import (
	"context"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// Options say how a target is sampled. Zero fields take the defaults in
// brackets.
type Options struct {
	Particles int // [1024]
	Moves     int // moves of each particle at each temperature [2]
	Seed      uint64
}

func (o Options) withDefaults() Options {
	if o.Particles == 0 {
		o.Particles = 1024
	}
	if o.Moves == 0 {
		o.Moves = 2
	}
	return o
}

// Population is what the sampler found.
type Population struct {
	Z           [][]float64 // particles × Dim, equally weighted
	LogDensity  []float64   // of each, not normalised
	LogEvidence float64     // log ∫ e^(−ℓ)·π̃ dz
	Stages      int         // temperatures between prior and posterior
	Evaluations int         // of the target
	NonFinite   int         // of them not finite
}

// ErrNowhere says that the loss is finite at none of the draws from the prior.
var ErrNowhere = errors.New("the loss is finite at none of the draws from the prior")

// The purposes of the sampler's own draws.
const (
	drawPrior uint32 = 200 + iota
	drawResample
	drawMove
)

// finalMoves is how many times as many moves are made at the last temperature,
// so that particles with a common ancestor part.
const finalMoves = 2

// keptShare is the effective share of the particles that a step in temperature
// leaves.
const keptShare = 0.5

// crowd is how many times as many draws from the prior there are as particles, if
// evaluations are cheap: a narrow mode is found if a draw comes near it.
const crowd = 16

// sampler is a run in progress.
type sampler struct {
	Target
	Options
	particles []particle
	beta      float64
	kernels   []kernel
	out       Population
	moved     int // rounds of moves made
}

// Sample moves particles from the prior to the posterior. Every step in
// temperature is as large as leaves half of them effective; they are then drawn
// anew by their weights and moved by a few Metropolis steps. The error is
// [ErrNowhere], the target's or the context's.
func Sample(ctx context.Context, t Target, o Options) (*Population, error) {
	s := &sampler{Target: t, Options: o.withDefaults()}
	if err := s.populate(ctx); err != nil {
		return nil, err
	}
	for s.beta < 1 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.heat()
		if err := s.aim(ctx); err != nil {
			return nil, err
		}
		rounds := s.Moves
		if s.beta == 1 {
			rounds *= finalMoves
		}
		s.tune()
		for range rounds {
			if err := s.move(ctx); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range s.particles {
		s.out.Z = append(s.out.Z, p.z)
		s.out.LogDensity = append(s.out.LogDensity, p.logDensity(1))
	}
	return &s.out, nil
}

func (s *sampler) stream(purpose uint32, step, particle int) rng.Stream {
	return rng.Seed{Master: s.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: purpose, Step: step, Agent: particle})
}

// populate draws particles from the prior, many more than go on where moves follow
// the gradient.
func (s *sampler) populate(ctx context.Context) error {
	n, values := s.Particles, s.Target
	if s.Follows {
		n *= crowd
		values.Follows = false // until it is known which go on
	}
	err := abm.Ordered(ctx, s.Workers, n, func(worker, i int) (particle, error) {
		luck := s.stream(drawPrior, 0, i)
		u, z := make([]float64, s.Dim), make([]float64, s.Dim)
		for k := range u {
			u[k] = luck.Uniform()
		}
		s.Draw(z, u)
		return values.at(worker, z)
	}, func(_ int, p particle) error {
		s.particles = append(s.particles, p)
		s.count(1, p.loss)
		return nil
	})
	if err == nil && s.out.NonFinite == n {
		err = ErrNowhere
	}
	return err
}

// aim adds the gradient of the loss to particles that lack it.
func (s *sampler) aim(ctx context.Context) error {
	if !s.Follows || s.particles[0].slope != nil {
		return nil
	}
	return abm.Ordered(ctx, s.Workers, len(s.particles), func(worker, i int) (particle, error) {
		return s.at(worker, s.particles[i].z)
	}, func(i int, p particle) error {
		s.particles[i] = p
		s.count(1, p.loss)
		return nil
	})
}

func (s *sampler) count(evaluations int, loss float64) {
	s.out.Evaluations += evaluations
	if math.IsInf(loss, 1) {
		s.out.NonFinite++
	}
}

// heat raises β until the weights leave the share kept, or to 1, and draws the
// particles anew by their weights.
func (s *sampler) heat() {
	w := make([]float64, len(s.particles))
	weigh := func(step float64) (ess float64) {
		for i, p := range s.particles {
			w[i] = -step * p.loss
		}
		return effective(w)
	}
	want := keptShare * math.Min(weigh(math.SmallestNonzeroFloat64), float64(s.Particles)) // those with an infinite loss are lost at once
	low, high := 0.0, 1-s.beta
	if weigh(high) < want {
		for range 60 {
			if mid := (low + high) / 2; weigh(mid) < want {
				high = mid
			} else {
				low = mid
			}
		}
		weigh(high)
	}
	s.beta += high
	if 1-s.beta < 1e-12 {
		s.beta = 1
	}
	s.out.Stages++
	s.out.LogEvidence += floats.LogSumExp(w) - math.Log(float64(len(w)))
	s.resample(w)
}

// effective is the effective number of weights e^w.
func effective(w []float64) float64 {
	top := slices.Max(w)
	sum, squares := 0.0, 0.0
	for _, v := range w {
		x := math.Exp(v - top)
		sum += x
		squares += x * x
	}
	return sum * sum / squares
}

// resample draws particles in proportion to e^w, one from each stratum.
func (s *sampler) resample(w []float64) {
	total, n := floats.LogSumExp(w), len(w)
	luck := s.stream(drawResample, s.out.Stages, 0)
	drawn := make([]particle, s.Particles)
	at, upTo := 0, math.Exp(w[0]-total)
	for i := range drawn {
		u := (float64(i) + luck.Uniform()) / float64(len(drawn))
		for upTo < u && at < n-1 {
			at++
			upTo += math.Exp(w[at] - total)
		}
		drawn[i] = s.particles[at]
	}
	s.particles = drawn
}
