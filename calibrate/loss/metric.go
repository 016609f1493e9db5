package loss

// metric is the Euclidean distance between trajectories over the observed
// cells, every column divided by its scale.
type metric struct {
	observed []int
	weight   []float64 // 1/scale² of every observed cell
}

// newMetric returns the metric of the data's observed cells.
func newMetric(data Data, scales []float64) metric {
	m := metric{observed: data.observed()}
	for _, i := range m.observed {
		s := scales[i%data.Columns]
		m.weight = append(m.weight, 1/(s*s))
	}
	return m
}

// squared returns the squared distance. Equal values are at distance zero even
// in a column of scale zero.
func (m metric) squared(a, b []float64) (sum float64) {
	for k, i := range m.observed {
		if d := a[i] - b[i]; d != 0 {
			sum += m.weight[k] * d * d
		}
	}
	return sum
}

// push adds factor times the gradient of ½·squared to the adjoints of a and b;
// either may be nil.
func (m metric) push(factor float64, a, b, abar, bbar []float64) {
	if factor == 0 {
		return
	}
	for k, i := range m.observed {
		g := factor * m.weight[k] * (a[i] - b[i])
		if abar != nil {
			abar[i] += g
		}
		if bbar != nil {
			bbar[i] -= g
		}
	}
}
