package policy

import (
	"context"
	"slices"
)

// Grid is a search among evenly spaced policies.
type Grid struct {
	Names  []string // parameters varied; the others stay as they are. Nil: all
	Points int      // a parameter, bounds included; at least 2
	Runs   int      // a policy, the same for all
	Finals int      // the best policies are compared again on the held-out runs: how many [16]
}

// Searched is what a grid search found.
type Searched struct {
	Policies    int       `json:"policies"`
	Simulations int       `json:"simulations"`
	Theta       []float64 `json:"theta"`
	Objective   float64   `json:"objective"` // of the best policy, on the held-out runs
}

// Search assesses every policy of the grid, and the best few again on the given
// number of held-out runs, so that none wins by luck alone. Policies that break
// an order are left out. tell may be nil.
func (p *Problem) Search(ctx context.Context, g Grid, at []float64, heldOutRuns int, tell func(done, total int)) (*Searched, error) {
	all, err := p.evaluators()
	if err != nil {
		return nil, err
	}
	defer closeAll(all)
	policies := p.lattice(g, at)
	found, err := p.assess(ctx, all, policies, gridded, g.Runs, tell)
	if err != nil {
		return nil, err
	}
	s := &Searched{Policies: len(policies), Simulations: len(policies) * g.Runs}
	best := leastOf(found, g.finals())
	policies = policies[:0]
	for _, a := range best {
		policies = append(policies, a.Theta)
	}
	if found, err = p.assess(ctx, all, policies, heldOut, heldOutRuns, nil); err != nil {
		return nil, err
	}
	s.Simulations += len(policies) * heldOutRuns
	winner := leastOf(found, 1)[0]
	s.Theta, s.Objective = winner.Theta, winner.Objective
	return s, nil
}

func (g Grid) finals() int {
	if g.Finals == 0 {
		return 16
	}
	return g.Finals
}

// leastOf returns the n assessments with the least objective, the least first.
func leastOf(found []*Assessment, n int) []*Assessment {
	order := slices.Clone(found)
	slices.SortStableFunc(order, func(a, b *Assessment) int { return lessFirst(a.Objective, b.Objective) })
	return order[:min(n, len(order))]
}

// lattice returns the policies of a grid in order.
func (p *Problem) lattice(g Grid, at []float64) [][]float64 {
	policies := [][]float64{slices.Clone(at)}
	for k, name := range p.Choices.Names() {
		if g.Names != nil && !slices.Contains(g.Names, name) {
			continue
		}
		var next [][]float64
		low, high := p.Range(k)
		for _, theta := range policies {
			for i := range g.Points {
				other := slices.Clone(theta)
				other[k] = low + (high-low)*float64(i)/float64(g.Points-1)
				next = append(next, other)
			}
		}
		policies = next
	}
	return slices.DeleteFunc(policies, func(theta []float64) bool { return !p.allowed(theta) })
}

// Policies returns how many policies a grid has.
func (p *Problem) Policies(g Grid, at []float64) int { return len(p.lattice(g, at)) }
