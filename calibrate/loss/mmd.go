package loss

import (
	"fmt"
	"math"
	"slices"
)

// MMDOptions are the settings of [NewMMD].
type MMDOptions struct {
	// Bandwidth holds one number σ_c a column, in the unit of a whole
	// column's Euclidean distance; see [MedianBandwidth]. It is required unless
	// Published is set.
	Bandwidth []float64
	// Published takes the bandwidths anew from every set of runs it sees, and
	// drops the constant k(y,y), as the software of the differentiable
	// agent-based modelling papers does (BlackBIRDS.jl). The value then
	// saturates as soon as the runs leave the data, and the adjoint, with the
	// bandwidth held, is not its derivative. For comparison only.
	Published bool
}

// NewMMD returns the squared maximum mean discrepancy between the runs and the
// one observed trajectory,
//
//	mean_{i≠j} k(x_i, x_j) − (2/n)·Σ_i k(x_i, y) + 1,
//
// with a Gaussian kernel on whole trajectories,
// k(x, y) = exp(−½·Σ_c ‖x_c − y_c‖²/σ_c²) (Gretton et al. 2012). The first
// term is unbiased for n ≥ 2; for one run it is k(x, x) = 1 and spread costs
// nothing. It returns an error unless every bandwidth is positive.
func NewMMD(data Data, o MMDOptions) (Loss, error) {
	if err := data.check(); err != nil {
		return nil, err
	}
	if o.Published {
		if o.Bandwidth != nil {
			return nil, fmt.Errorf("the published form of the MMD chooses its own bandwidth: leave it out")
		}
		return &mmd{data: data, published: true}, nil
	}
	if err := data.checkPositive("bandwidth", o.Bandwidth); err != nil {
		return nil, err
	}
	return &mmd{data: data, bandwidth: slices.Clone(o.Bandwidth), metric: newMetric(data, o.Bandwidth)}, nil
}

type mmd struct {
	data      Data
	bandwidth []float64
	metric    metric
	published bool
}

// Nuisance implements [Loss].
func (m *mmd) Nuisance() []string { return nil }

func (m *mmd) String() string {
	if m.published {
		return "maximum mean discrepancy (published form, moving median bandwidth)"
	}
	return fmt.Sprintf("maximum mean discrepancy (bandwidth %.4g)", m.bandwidth)
}

// Value implements [Loss].
func (m *mmd) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	checkShapes(len(m.data.Values), 0, runs, adjoint, nuisance, nuisanceAdjoint)
	metric, constant := m.metric, 1.0
	if m.published {
		metric, constant = newMetric(m.data, MedianBandwidth(runs, m.data)), 0
	}
	for _, a := range adjoint {
		clear(a)
	}
	return within(metric, runs, adjoint) - 2*across(metric, runs, adjoint, m.data.Values) + constant
}

// within returns the mean kernel between different runs and adds its gradient.
func within(m metric, runs, adjoint [][]float64) (mean float64) {
	if len(runs) == 1 {
		return 1
	}
	weight := 2 / float64(len(runs)*(len(runs)-1))
	for j := range runs {
		for i := range j {
			k := weight * math.Exp(-0.5*m.squared(runs[i], runs[j]))
			mean += k
			m.push(-k, runs[i], runs[j], nth(adjoint, i), nth(adjoint, j))
		}
	}
	return mean
}

// across returns the mean kernel between the runs and the data and adds −2
// times its gradient.
func across(m metric, runs, adjoint [][]float64, data []float64) (mean float64) {
	for i, run := range runs {
		k := math.Exp(-0.5*m.squared(run, data)) / float64(len(runs))
		mean += k
		m.push(2*k, run, data, nth(adjoint, i), nil)
	}
	return mean
}
