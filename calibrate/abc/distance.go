package abc

import (
	"math"
	"slices"
)

// distance is the p-mean over the observed cells of the difference from the
// data, each in units of the median absolute deviation of simulated values
// (Prangle 2017). Without data it is the only cell itself.
type distance struct {
	data  []float64
	power float64
	scale []float64 // 0 leaves a cell out
}

// of returns the distance of simulated values; NaN if one is not finite.
func (d *distance) of(x []float64) float64 {
	if d.data == nil {
		return x[0]
	}
	sum, cells := 0.0, 0.0
	for k, s := range d.scale {
		if s > 0 {
			sum += math.Pow(math.Abs(x[k]-d.data[k])/s, d.power)
			cells++
		}
	}
	if cells == 0 {
		return 0
	}
	return math.Pow(sum/cells, 1/d.power)
}

// usable reports whether all cells that count are finite.
func (d *distance) usable(x []float64) bool {
	for k, v := range x {
		if (d.data == nil || !math.IsNaN(d.data[k])) && (math.IsNaN(v) || math.IsInf(v, 0)) {
			return false
		}
	}
	return true
}

// adapt takes the scales from simulated values, a row a simulation. A cell that
// is missing in the data or that hardly varies is left out.
func (d *distance) adapt(simulated [][]float64) {
	d.scale = make([]float64, len(d.data))
	column := make([]float64, len(simulated))
	for k, y := range d.data {
		if math.IsNaN(y) {
			continue
		}
		for i, x := range simulated {
			column[i] = x[k]
		}
		centre := median(column)
		for i, v := range column {
			column[i] = math.Abs(v - centre)
		}
		d.scale[k] = median(column)
	}
}

// median sorts x.
func median(x []float64) float64 {
	slices.Sort(x)
	return (x[(len(x)-1)/2] + x[len(x)/2]) / 2
}
