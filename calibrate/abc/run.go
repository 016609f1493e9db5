package abc

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/rng"
)

// The purposes of draws.
const (
	drawTry uint32 = 500 + iota
	drawAgain
)

// luck is the first luck index of the tries, apart from those of training and
// prediction.
const luck = calibrate.CheckLuck << 3

// scaledBy is how many simulations a particle the scales are taken from.
const scaledBy = 5

// run is a run under way.
type run struct {
	*Population
	problem    Problem
	distance   distance
	generators []calibrate.Generator
	tries      uint64
	simulated  [][]float64 // of the present generation
}

// Run calibrates. tell, if not nil, is told after each try how its generation gets
// on and how many simulations of the budget are spent. When the context ends its
// error is returned.
func Run(ctx context.Context, p Problem, o Options, tell func(g Generation, done, total int)) (*Population, error) {
	o = o.withDefaults()
	if err := o.check(p.Prior.Dim()); err != nil {
		return nil, err
	}
	r := &run{
		Population: &Population{Names: p.Prior.Names(), Options: o}, problem: p,
		distance: distance{data: p.Data, power: o.Power},
	}
	for range o.Workers {
		g, err := p.Model.Generator(r.Names)
		if err != nil {
			return nil, err
		}
		defer g.Close()
		r.generators = append(r.generators, g)
	}
	for r.Stop == "" {
		if err := r.generation(ctx, tell); err != nil {
			return nil, err
		}
	}
	return r.Population, nil
}

// generation makes the next generation, or says why there is none.
func (r *run) generation(ctx context.Context, tell func(Generation, int, int)) error {
	b := &brood{Generation: Generation{Tolerance: math.Inf(1)}}
	if len(r.Particles) > 0 {
		if b.kernel = newKernel(r.Particles); b.kernel == nil {
			r.Stop = Degenerate
			return nil
		}
		b.Tolerance = r.tighter()
	}
	err := r.fill(ctx, b, func() {
		if tell != nil {
			tell(b.Generation, r.Runs, r.Options.Simulations)
		}
	})
	if err != nil || r.Stop != "" {
		return err
	}
	b.weigh()
	if b.ESS = effective(b.kept); b.ESS < float64(r.problem.Prior.Dim()+1) {
		r.Stop = Degenerate
		return nil
	}
	r.Particles, r.Generations = b.kept, append(r.Generations, b.Generation)
	r.rescale()
	if b.Tolerance <= r.Options.Tolerance {
		r.Stop = ToleranceReached
	}
	return nil
}

// brood is a generation in the making.
type brood struct {
	Generation
	kernel *kernel // nil: prior draws
	kept   []Particle
	tries  int
}

// weigh gives the particles their weights, all the same to prior draws.
func (b *brood) weigh() {
	if b.kernel != nil {
		b.kernel.weigh(b.kept)
		return
	}
	for i := range b.kept {
		b.kept[i].Weight = 1 / float64(len(b.kept))
	}
}

// tighter returns the next tolerance, not below the one asked for.
func (r *run) tighter() float64 {
	return math.Max(r.Options.Tolerance, quantile(r.Particles, r.Options.Quantile))
}

// rescale takes new scales from the generation's simulations, and measures the
// particles by them.
func (r *run) rescale() {
	if r.problem.Data != nil {
		r.distance.adapt(r.simulated)
	}
	for i := range r.Particles {
		r.Particles[i].Distance = r.distance.of(r.Particles[i].simulated)
	}
	r.simulated = nil
}

var errFull = errors.New("enough")

// fill tries until the population is full. It sets Stop if a budget is spent
// before.
func (r *run) fill(ctx context.Context, b *brood, tell func()) error {
	o, first := r.Options, r.tries
	most := int(math.Ceil(float64(o.Particles) / o.MinAcceptance))
	err := abm.Ordered(ctx, len(r.generators), most,
		func(worker, i int) (try, error) { return r.try(worker, b.kernel, first+uint64(i)) },
		func(_ int, x try) error {
			r.take(b, x)
			tell()
			if len(b.kept) == o.Particles || r.Runs >= o.Simulations {
				return errFull
			}
			return nil
		})
	r.tries += uint64(b.tries)
	switch spent := errors.Is(err, errFull); {
	case err != nil && !spent:
		return err
	case len(b.kept) == o.Particles:
	case b.kernel == nil:
		return fmt.Errorf("only %d of %d prior draws gave finite data, %d particles are needed; narrow the prior or check the model", len(b.kept), b.tries, o.Particles)
	case spent:
		r.Stop = BudgetSpent
	default:
		r.Stop = AcceptanceLow
	}
	return nil
}

// try is a parameter vector tried.
type try struct {
	Particle
	runs int
}

// take counts a try and keeps it if it is near the data.
func (r *run) take(b *brood, x try) {
	b.tries++
	b.Runs += x.runs
	r.Runs += x.runs
	defer func() { b.Acceptance = float64(len(b.kept)) / float64(b.tries) }()
	if !r.distance.usable(x.simulated) {
		r.NonFinite++
		return
	}
	if len(r.simulated) < scaledBy*r.Options.Particles {
		r.simulated = append(r.simulated, x.simulated)
	}
	if b.kernel == nil || r.distance.of(x.simulated) <= b.Tolerance {
		b.kept = append(b.kept, x.Particle)
	}
}

// try simulates at a proposal. Its luck, and that of its proposal, go by its
// number.
func (r *run) try(worker int, k *kernel, number uint64) (x try, err error) {
	prior := r.problem.Prior
	stream := rng.Seed{Master: r.Options.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawTry, Agent: int(number)})
	if k == nil {
		x.Theta, x.Z = prior.Sample(stream.Uniform)
	} else {
		x.Theta, x.Z = make([]float64, len(r.Names)), k.propose(&stream)
	}
	logDet := prior.Constrain(x.Theta, x.Z)
	x.pulled = prior.LogDensity(nil, x.Z)
	x.LogPrior = x.pulled - logDet
	x.simulated, x.runs, err = r.generators[worker].Generate(x.Theta, luck+number)
	x.runs = max(1, x.runs) // every try spends some of the budget
	return x, err
}
