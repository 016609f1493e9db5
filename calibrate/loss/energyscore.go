package loss

import (
	"fmt"
	"math"
)

// EnergyScoreOptions are the settings of [NewEnergyScore].
type EnergyScoreOptions struct {
	// Scale holds one number a column by which its distances are divided.
	// Default: the standard deviation of the data column.
	Scale []float64
	// Biased divides the spread between runs by n² instead of n(n−1), which
	// treats the n runs as the whole predictive distribution.
	Biased bool
}

// NewEnergyScore returns the energy score of the runs as a forecast of the
// observed trajectory (Gneiting and Raftery 2007),
//
//	(1/n)·Σ_i ‖x_i − y‖ − 1/(2n(n−1))·Σ_{i,j} ‖x_i − x_j‖,
//
// strictly proper and free of a bandwidth. This is the fair form, unbiased for
// any n ≥ 2 (Ferro 2014); for one run there is no spread and it is the plain
// distance. It returns an error unless every scale is positive.
func NewEnergyScore(data Data, o EnergyScoreOptions) (Loss, error) {
	scales, err := data.scales(o.Scale)
	if err != nil {
		return nil, err
	}
	return &energyScore{data: data, scales: scales, biased: o.Biased, metric: newMetric(data, scales)}, nil
}

type energyScore struct {
	data   Data
	scales []float64
	biased bool
	metric metric
}

// Nuisance implements [Loss].
func (e *energyScore) Nuisance() []string { return nil }

func (e *energyScore) String() string {
	return fmt.Sprintf("energy score (%s, scale %.4g)", fairness(e.biased), e.scales)
}

// Value implements [Loss].
func (e *energyScore) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) (value float64) {
	checkShapes(len(e.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	for _, a := range adjoint {
		clear(a)
	}
	n := len(runs)
	for j, run := range runs {
		value += e.add(1/float64(n), run, e.data.Values, nth(adjoint, j), nil)
		for i := range j {
			value += e.add(-pairWeight(n, e.biased), runs[i], run, nth(adjoint, i), nth(adjoint, j))
		}
	}
	return value
}

// add returns weight·‖a−b‖ and adds its gradient, taken as zero where a = b.
func (e *energyScore) add(weight float64, a, b, abar, bbar []float64) float64 {
	d := math.Sqrt(e.metric.squared(a, b))
	if d == 0 {
		return 0
	}
	e.metric.push(weight/d, a, b, abar, bbar)
	return weight * d
}

// pairWeight returns the weight of one pair i < j of n runs in the spread of a
// kernel score.
func pairWeight(n int, biased bool) float64 {
	if biased {
		return 1 / float64(n*n)
	}
	return 1 / float64(n*(n-1))
}

func fairness(biased bool) string {
	if biased {
		return "biased"
	}
	return "fair"
}
