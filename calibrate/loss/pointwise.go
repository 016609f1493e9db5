package loss

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/floats"
)

// cell is the loss of single cells of the data.
type cell interface {
	// at returns the loss of cell i if x was simulated, and its derivatives in
	// x and in the nuisance parameter.
	at(i int, x, nuisance float64) (value, dx, dnuisance float64)
}

// pointwise is a loss that adds up over the observed cells of a trajectory.
type pointwise struct {
	cell
	nuisance
	data     Data
	observed []int
	combine  Combine
	label    string
}

// newPointwise returns the loss of cells of data that were checked before.
func newPointwise(data Data, c cell, n nuisance, combine Combine, label string) (Loss, error) {
	if combine < Each || combine > Marginal {
		return nil, fmt.Errorf("combine must be one of %s, is %d", strings.Join(combineNames, ", "), combine)
	}
	return &pointwise{c, n, data, data.observed(), combine, label}, nil
}

func (p *pointwise) String() string {
	return fmt.Sprintf("%s, replicates: %v", p.label, p.combine)
}

// Value implements [Loss].
func (p *pointwise) Value(runs, adjoint [][]float64, nuisance, nuisanceAdjoint []float64) float64 {
	checkShapes(len(p.data.Values), len(p.Nuisance()), runs, adjoint, nuisance, nuisanceAdjoint)
	value, slope := 0.0, 0.0
	if parameter := p.nuisance.value(nuisance); p.combine == OfMean {
		value, slope = p.ofMean(runs, adjoint, parameter)
	} else {
		value, slope = p.ofEach(runs, adjoint, parameter)
	}
	if len(nuisanceAdjoint) > 0 {
		nuisanceAdjoint[0] = slope
	}
	return value
}

// ofEach combines the losses of the single runs. A run of weight zero has no
// adjoint, whatever its cells say.
func (p *pointwise) ofEach(runs, adjoint [][]float64, parameter float64) (value, slope float64) {
	weights, slopes := make([]float64, len(runs)), make([]float64, len(runs))
	for i, run := range runs {
		weights[i], slopes[i] = p.ofRun(run, nth(adjoint, i), parameter)
	}
	value = p.combine.weigh(weights)
	for i, w := range weights {
		if w == 0 {
			clear(nth(adjoint, i))
			continue
		}
		floats.Scale(w, nth(adjoint, i))
		slope += w * slopes[i]
	}
	return value, slope
}

// ofMean returns the loss of the mean run.
func (p *pointwise) ofMean(runs, adjoint [][]float64, parameter float64) (value, slope float64) {
	n := float64(len(runs))
	mean := make([]float64, len(p.data.Values))
	for _, run := range runs {
		floats.AddScaled(mean, 1/n, run)
	}
	value, slope = p.ofRun(mean, nth(adjoint, 0), parameter)
	floats.Scale(1/n, nth(adjoint, 0))
	for i := 1; i < len(adjoint); i++ {
		copy(adjoint[i], adjoint[0])
	}
	return value, slope
}

// ofRun adds up the cells of one run; adjoint may be nil.
func (p *pointwise) ofRun(run, adjoint []float64, parameter float64) (value, slope float64) {
	clear(adjoint)
	for _, i := range p.observed {
		v, dx, dparameter := p.at(i, run[i], parameter)
		value += v
		slope += dparameter
		if adjoint != nil {
			adjoint[i] = dx
		}
	}
	return value, slope
}

// nth returns element i, or nil of a nil slice.
func nth(rows [][]float64, i int) []float64 {
	if rows == nil {
		return nil
	}
	return rows[i]
}
