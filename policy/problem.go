package policy

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/gradient"
)

// Problem is a decision to be made.
type Problem struct {
	Setup     *abm.Setup   // prepared; its values hold for all other parameters
	Choices   *prior.Joint // the parameters to choose, uniform within bounds and in order
	Belief    Belief       // on other parameters; zero: they are known
	Objective Objective
	Estimator gradient.Estimator
	Seed      uint64
	Workers   int // at least one works
}

// Belief is draws of parameters that are not known, such as a posterior.
type Belief struct {
	Names []string    // parameters of the model, none of them to be chosen
	Draws [][]float64 // draws × names
}

// Range returns the bounds of the k-th parameter to choose.
func (p *Problem) Range(k int) (low, high float64) { return p.Choices.Marginal(k).Support() }

// indices returns where the named parameters are among the model's.
func (p *Problem) indices(names []string) []int {
	at := make([]int, len(names))
	for k, name := range names {
		if at[k] = p.Setup.Model.Parameter(name); at[k] < 0 {
			panic("policy: the model has no parameter " + name)
		}
	}
	return at
}

// allowed reports whether a policy keeps the model's own order and supports, and
// the order of the choices.
func (p *Problem) allowed(theta []float64) bool {
	z := make([]float64, p.Choices.Dim())
	p.Choices.Unconstrain(z, theta)
	for _, v := range z {
		if v != v {
			return false
		}
	}
	all := p.Setup.Theta()
	for k, i := range p.indices(p.Choices.Names()) {
		all[i] = theta[k]
	}
	return p.Setup.Check(all) == nil
}

// The first runs of what is simulated, so that no luck serves two purposes.
const (
	heldOut uint64 = 1 << (40 + iota) // of the comparison of candidates
	fresh                             // of assessments
	nearby                            // of what is measured around the optimum
	gridded                           // of the grid search
	scouted                           // of the choice of starting points
)
