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

// Run calibrates. tell, if not nil, is told of each particle kept in a generation
// and, in done, of the simulations made so far out of the budget. When the
// context ends its error is returned.
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
	g, k := Generation{Tolerance: math.Inf(1)}, (*kernel)(nil)
	if len(r.Particles) > 0 {
		if k = newKernel(r.Particles); k == nil {
			r.Stop = Degenerate
			return nil
		}
		g.Tolerance = r.tighter()
	}
	kept, logPrior, err := r.fill(ctx, k, &g, func() {
		if tell != nil {
			tell(g, r.Runs, r.Options.Simulations)
		}
	})
	if err != nil || r.Stop != "" {
		return err
	}
	if k == nil {
		for i := range kept {
			kept[i].Weight = 1 / float64(len(kept))
		}
	} else {
		k.weigh(kept, logPrior)
	}
	if g.ESS = effective(kept); g.ESS < float64(r.problem.Prior.Dim()+1) {
		r.Stop = Degenerate
		return nil
	}
	r.Particles, r.Generations = kept, append(r.Generations, g)
	r.rescale()
	if g.Tolerance <= r.Options.Tolerance {
		r.Stop = ToleranceReached
	}
	return nil
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

// try is a parameter vector tried.
type try struct {
	Particle
	logPrior float64 // log π̃(z)
	runs     int
}

var errFull = errors.New("enough")

// fill tries until the population is full, by the kernel or, if that is nil, by
// prior draws. It sets Stop if a budget is spent before.
func (r *run) fill(ctx context.Context, k *kernel, g *Generation, tell func()) (kept []Particle, logPrior []float64, err error) {
	o := r.Options
	most := int(math.Ceil(float64(o.Particles) / o.MinAcceptance))
	tries, first := 0, r.tries
	err = abm.Ordered(ctx, len(r.generators), most,
		func(worker, i int) (try, error) { return r.try(worker, k, first+uint64(i)) },
		func(_ int, x try) error {
			tries++
			r.Runs += x.runs
			g.Runs += x.runs
			switch usable := r.distance.usable(x.simulated); {
			case !usable:
				r.NonFinite++
			default:
				if len(r.simulated) < scaledBy*o.Particles {
					r.simulated = append(r.simulated, x.simulated)
				}
				if k == nil || r.distance.of(x.simulated) <= g.Tolerance {
					kept = append(kept, x.Particle)
					logPrior = append(logPrior, x.logPrior)
				}
			}
			g.Acceptance = float64(len(kept)) / float64(tries)
			tell()
			if len(kept) == o.Particles || r.Runs >= o.Simulations {
				return errFull
			}
			return nil
		})
	r.tries += uint64(tries)
	switch {
	case errors.Is(err, errFull) && len(kept) == o.Particles:
		return kept, logPrior, nil
	case err != nil && !errors.Is(err, errFull):
		return nil, nil, err
	case k == nil:
		return nil, nil, fmt.Errorf("only %d of %d prior draws gave finite data, %d particles are needed; narrow the prior or check the model", len(kept), tries, o.Particles)
	case errors.Is(err, errFull):
		r.Stop = BudgetSpent
	default:
		r.Stop = AcceptanceLow
	}
	return nil, nil, nil
}

// try simulates at a proposal. Its luck, and that of its proposal, go by its
// number.
func (r *run) try(worker int, k *kernel, number uint64) (x try, err error) {
	prior := r.problem.Prior
	stream := rng.Seed{Master: r.Options.Seed, Run: math.MaxUint64}.Stream(rng.Key{Purpose: drawTry, Agent: int(number)})
	x.Theta = make([]float64, len(r.Names))
	if k == nil {
		u := make([]float64, prior.Dim())
		for i := range u {
			u[i] = stream.Uniform()
		}
		prior.Draw(x.Theta, u)
		x.Z = make([]float64, len(u))
		prior.Unconstrain(x.Z, x.Theta)
	} else {
		x.Z = k.propose(&stream)
	}
	logDet := prior.Constrain(x.Theta, x.Z)
	x.logPrior = prior.LogDensity(nil, x.Z)
	x.LogPrior = x.logPrior - logDet
	x.simulated, x.runs, err = r.generators[worker].Generate(x.Theta, luck+number)
	x.runs = max(1, x.runs) // every try spends some of the budget
	return x, err
}
