package loss

import (
	"fmt"
	"math"
)

// CRPSOptions are the settings of [NewCRPS].
type CRPSOptions struct {
	// Scale holds one number a column by which its distances are divided.
	// Default: the standard deviation of the data column.
	Scale []float64
	// Biased divides the spread between runs by n² instead of n(n−1), which
	// treats the n runs as the whole predictive distribution.
	Biased bool
}

// NewCRPS returns the continuous ranked probability score of the runs, summed
// over the observed cells (Gneiting and Raftery 2007),
//
//	(1/n)·Σ_i |x_i − y| − 1/(2n(n−1))·Σ_{i,j} |x_i − x_j|.
//
// Unlike the energy score it judges every time and observable by itself and is
// blind to the dependence between them. This is the fair form, unbiased for
// any n ≥ 2; for one run it is the absolute error. It returns an error unless
// every scale is positive.
func NewCRPS(data Data, o CRPSOptions) (Loss, error) {
	scales, err := data.scales(o.Scale)
	if err != nil {
		return nil, err
	}
	return &crps{data: data, observed: data.observed(), scales: scales, biased: o.Biased}, nil
}

type crps struct {
	data     Data
	observed []int
	scales   []float64
	biased   bool
}

// Nuisance implements [Loss].
func (c *crps) Nuisance() []string { return nil }

func (c *crps) String() string {
	return fmt.Sprintf("CRPS (%s, scale %.4g)", fairness(c.biased), c.scales)
}

// Value implements [Loss].
func (c *crps) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) (value float64) {
	checkShapes(len(c.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	for _, a := range adjoint {
		clear(a)
	}
	for _, i := range c.observed {
		value += c.cell(i, 1/c.scales[i%c.data.Columns], runs, adjoint)
	}
	return value
}

// cell returns the weighted score of one cell and adds its gradient.
func (c *crps) cell(i int, weight float64, runs, adjoint [][]float64) (value float64) {
	n, y := len(runs), c.data.Values[i]
	toData, toRun := weight/float64(n), -weight*pairWeight(n, c.biased)
	for k, run := range runs {
		slope := toData * sign(run[i]-y)
		value += toData * math.Abs(run[i]-y)
		for j, other := range runs {
			if j == k {
				continue
			}
			slope += toRun * sign(run[i]-other[i])
			value += 0.5 * toRun * math.Abs(run[i]-other[i])
		}
		if adjoint != nil {
			adjoint[k][i] = slope
		}
	}
	return value
}

// sign returns −1, 0 or 1, and NaN for NaN.
func sign(x float64) float64 {
	if x == 0 || math.IsNaN(x) {
		return x
	}
	return math.Copysign(1, x)
}
