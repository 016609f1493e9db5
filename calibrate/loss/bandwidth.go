package loss

import (
	"math"
	"slices"
)

// MedianBandwidth returns, for every column, the median Euclidean distance
// between all pairs among the runs and the data, over the data's observed
// cells: the usual rule for the bandwidth of [NewMMD]. Taken once over
// prior-predictive runs and then kept, it gives a loss that is a function of
// the parameters alone. It panics if there are no runs or their shape is wrong.
func MedianBandwidth(runs [][]float64, data Data) []float64 {
	checkShapes(len(data.Values), 0, runs, nil, nil, nil)
	pool := append(slices.Clone(runs), data.Values)
	bandwidth := make([]float64, data.Columns)
	for c := range bandwidth {
		var distances []float64
		for j := range pool {
			for i := range j {
				distances = append(distances, columnDistance(pool[i], pool[j], data, c))
			}
		}
		bandwidth[c] = median(distances)
	}
	return bandwidth
}

// columnDistance returns the distance of column c of two trajectories.
func columnDistance(a, b []float64, data Data, c int) float64 {
	sum := 0.0
	for i := c; i < len(data.Values); i += data.Columns {
		if !math.IsNaN(data.Values[i]) {
			sum += (a[i] - b[i]) * (a[i] - b[i])
		}
	}
	return math.Sqrt(sum)
}

// median sorts the values and returns their median.
func median(values []float64) float64 {
	slices.Sort(values)
	mid := len(values) / 2
	if len(values)%2 == 1 {
		return values[mid]
	}
	return 0.5 * (values[mid-1] + values[mid])
}
