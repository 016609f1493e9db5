package abc

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/rng"
)

// Particle is a parameter vector with its part in the posterior.
type Particle struct {
	Theta    []float64
	Z        []float64 // the prior's unconstrained coordinates
	LogPrior float64   // log π(θ)
	Weight   float64   // all sum to one
	Distance float64   // of the data simulated at it

	pulled    float64 // log π̃(z)
	simulated []float64
}

// Generation is what one generation took.
type Generation struct {
	Tolerance  float64 `json:"tolerance"` // +Inf of the first, which are prior draws
	Acceptance float64 `json:"acceptance"`
	ESS        float64 `json:"ess"`
	Runs       int     `json:"runs"`
}

// Population is the last complete generation of a run.
type Population struct {
	Names       []string
	Options     Options // with the defaults
	Particles   []Particle
	Generations []Generation
	Stop        Stop
	Runs        int // simulations, those of a generation given up included
	NonFinite   int // tries whose simulated data were not finite, which are never kept
}

// Stop says what ended a run.
type Stop string

// What can end a run.
const (
	ToleranceReached Stop = "tolerance"   // the tolerance asked for is reached
	BudgetSpent      Stop = "simulations" // no simulations are left
	AcceptanceLow    Stop = "acceptance"  // too few tries are kept
	Degenerate       Stop = "degenerate"  // the particles no longer spread out
)

// Tolerance is the greatest distance a particle may have.
func (p *Population) Tolerance() float64 { return p.last().Tolerance }

// ESS is the number of independent draws that the particles are worth by their
// weights: 1/Σw².
func (p *Population) ESS() float64 { return p.last().ESS }

func (p *Population) last() Generation { return p.Generations[len(p.Generations)-1] }

func effective(particles []Particle) float64 {
	squares := 0.0
	for _, x := range particles {
		squares += x.Weight * x.Weight
	}
	return 1 / squares
}

// Mean returns the weighted mean of a function of the parameters.
func (p *Population) Mean(of func(theta []float64) float64) (mean float64) {
	for _, x := range p.Particles {
		mean += x.Weight * of(x.Theta)
	}
	return mean
}

// Resample returns n draws of the particles by their weights, as evenly as can be
// (systematic resampling); a particle of large weight comes several times. They
// have no LogQ.
func (p *Population) Resample(problem Problem, n int, seed uint64) *calibrate.Draws {
	d := &calibrate.Draws{Names: p.Names}
	offset := rng.Seed{Master: seed, Run: math.MaxUint64}.Uniform(rng.Key{Purpose: drawAgain})
	sum, made := 0.0, 0
	for i, x := range p.Particles {
		sum += x.Weight
		for made < n && (float64(made)+offset < sum*float64(n) || i == len(p.Particles)-1) {
			d.Theta = append(d.Theta, x.Theta)
			d.LogPrior = append(d.LogPrior, x.LogPrior)
			d.Saturated += problem.Prior.Saturated(x.Z)
			made++
		}
	}
	return d
}

// quantile returns the weighted quantile of the particles' distances: the least
// distance within which lies at least that share of the weight.
func quantile(particles []Particle, share float64) float64 {
	order := slices.Clone(particles)
	slices.SortStableFunc(order, func(a, b Particle) int { return cmp.Compare(a.Distance, b.Distance) })
	sum := 0.0
	for _, x := range order {
		if sum += x.Weight; sum >= share {
			return x.Distance
		}
	}
	return order[len(order)-1].Distance
}

// covariance returns the weighted covariance of the coordinates.
func covariance(particles []Particle) *mat.SymDense {
	dim := len(particles[0].Z)
	mean, squares := make([]float64, dim), 0.0
	for _, x := range particles {
		squares += x.Weight * x.Weight
		for k, z := range x.Z {
			mean[k] += x.Weight * z
		}
	}
	c := mat.NewSymDense(dim, nil)
	for _, x := range particles {
		for i := range dim {
			for j := i; j < dim; j++ {
				c.SetSym(i, j, c.At(i, j)+x.Weight*(x.Z[i]-mean[i])*(x.Z[j]-mean[j]))
			}
		}
	}
	c.ScaleSym(1/(1-squares), c)
	return c
}
