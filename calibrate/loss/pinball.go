package loss

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// PinballOptions are the settings of [NewPinball].
type PinballOptions struct {
	// Levels are the quantile levels, each in (0, 1); default 0.05, 0.25, 0.5,
	// 0.75, 0.95.
	Levels []float64
	// Scale holds one number a column by which its distances are divided.
	// Default: the standard deviation of the data column.
	Scale []float64
}

// NewPinball returns the pinball loss of the runs' quantiles q_τ, averaged over
// the levels τ and summed over the observed cells (Koenker and Bassett 1978),
//
//	(y − q)·τ if y ≥ q, (q − y)·(1−τ) otherwise.
//
// Quantiles of the n runs are interpolated between order statistics. It
// returns an error unless every level lies in (0, 1) and every scale is
// positive.
func NewPinball(data Data, o PinballOptions) (Loss, error) {
	scales, err := data.scales(o.Scale)
	if err != nil {
		return nil, err
	}
	levels := o.Levels
	if len(levels) == 0 {
		levels = []float64{0.05, 0.25, 0.5, 0.75, 0.95}
	}
	for _, tau := range levels {
		if !(tau > 0 && tau < 1) {
			return nil, fmt.Errorf("a quantile level must lie between 0 and 1, is %v", tau)
		}
	}
	return &pinball{data: data, observed: data.observed(), scales: scales, levels: slices.Clone(levels)}, nil
}

type pinball struct {
	data           Data
	observed       []int
	scales, levels []float64
}

// Nuisance implements [Loss].
func (p *pinball) Nuisance() []string { return nil }

func (p *pinball) String() string {
	return fmt.Sprintf("pinball loss (levels %v, scale %.4g)", p.levels, p.scales)
}

// Value implements [Loss].
func (p *pinball) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) (value float64) {
	checkShapes(len(p.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	for _, a := range adjoint {
		clear(a)
	}
	order := make([]int, len(runs))
	for _, i := range p.observed {
		for k := range order {
			order[k] = k
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(runs[a][i], runs[b][i]) })
		if math.IsNaN(runs[order[0]][i]) { // sorts first, where no quantile may look
			return math.NaN()
		}
		weight := 1 / (p.scales[i%p.data.Columns] * float64(len(p.levels)))
		for _, tau := range p.levels {
			value += p.level(i, tau, weight, order, runs, adjoint)
		}
	}
	return value
}

// level returns the weighted loss of one quantile of one cell and adds its
// gradient to the two runs between which the quantile lies.
func (p *pinball) level(i int, tau, weight float64, order []int, runs, adjoint [][]float64) float64 {
	position := tau * float64(len(runs)-1)
	below := int(position)
	above := min(below+1, len(runs)-1)
	share := position - float64(below)
	a, b := order[below], order[above]
	excess := runs[a][i]*(1-share) + runs[b][i]*share - p.data.Values[i]
	slope := weight * (1 - tau)
	if excess < 0 {
		slope = -weight * tau
	}
	if adjoint != nil {
		adjoint[a][i] += slope * (1 - share)
		adjoint[b][i] += slope * share
	}
	return slope * excess
}
