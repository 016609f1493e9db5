package loss

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// joint is −log (1/n)Σ_i exp(−Σ_k ℓ_k(x_i)) of likelihoods of weight 1: they
// share the luck of a run, over which their product is averaged.
type joint struct{ *sum }

// jointly returns the terms with those of the same weight that average over luck
// put together.
func jointly(data Data, terms []Term) ([]Term, error) {
	var all []Term
	for _, term := range terms {
		if p, ok := term.Loss.(*pointwise); !ok || p.combine != Marginal {
			all = append(all, term)
			continue
		}
		at := slices.IndexFunc(all, func(t Term) bool {
			_, ok := t.Loss.(*joint)
			return ok && t.Weight == term.Weight
		})
		if at < 0 {
			at = len(all)
			all = append(all, Term{Loss: &joint{&sum{data: data}}, Weight: term.Weight})
		}
		term.Weight = 1
		if err := all[at].Loss.(*joint).add(term); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (j *joint) String() string { return fmt.Sprintf("(%v, together)", j.sum) }

// Value implements [Loss].
func (j *joint) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	checkShapes(len(j.data.Values), len(j.nuisance), runs, adjoint, nuisance, nuisanceAdjoint)
	weights, slopes := make([]float64, len(runs)), make([][]float64, len(runs))
	for i := range runs {
		var own [][]float64
		if adjoint != nil {
			own = adjoint[i : i+1]
		}
		slopes[i] = make([]float64, len(j.nuisance))
		weights[i] = j.sum.Value(runs[i:i+1], own, nuisance, slopes[i])
	}
	value := Marginal.weigh(weights)
	clear(nuisanceAdjoint)
	for i, w := range weights {
		if w == 0 { // an impossible run, whatever its cells say
			clear(nth(adjoint, i))
			continue
		}
		floats.Scale(w, nth(adjoint, i))
		if nuisanceAdjoint != nil {
			floats.AddScaled(nuisanceAdjoint, w, slopes[i])
		}
	}
	return value
}
