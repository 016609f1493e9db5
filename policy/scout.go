package policy

import (
	"context"
	"math"

	"github.com/nudge-abm/nudge/rng"
)

// scout assesses random policies, a Latin hypercube within the bounds, and begins
// a descent at each of the best.
func (o *Optimiser) scout(ctx context.Context) error {
	drawn := o.problem.candidates(o.options.Candidates)
	found, err := o.compare(ctx, drawn, scouted, o.options.Runs)
	if err != nil {
		return err
	}
	for k, x := range found[:o.options.Starts] {
		o.state.Descents = append(o.state.Descents, newDescent(k, drawn[x.at]))
	}
	return nil
}

// candidates returns n policies in standardised coordinates, each coordinate once
// in each n-th of its range. The n-ths at the bounds count from their middle.
func (p *Problem) candidates(n int) [][]float64 {
	luck := rng.Seed{Master: p.Seed, Run: math.MaxUint64}.Stream(rng.Key{})
	names := len(p.Choices.Names())
	u := make([][]float64, n)
	for i := range u {
		u[i] = make([]float64, p.Choices.Dim())
	}
	for k := range p.Choices.Dim() {
		for i := range u { // Fisher and Yates, inside out
			j := int(luck.Uniform() * float64(i+1))
			if j < i {
				u[i][k] = u[j][k]
			}
			u[j][k] = (float64(i) + 0.5) / float64(n)
		}
	}
	all := make([][]float64, n)
	for i := range all {
		theta := make([]float64, names)
		p.Choices.Draw(theta, u[i])
		all[i] = make([]float64, p.Choices.Dim())
		p.Choices.Unconstrain(all[i], theta)
	}
	return all
}
