package gradient

import "math"

// meanSquares takes root mean squares over alternatives, by kind of flip.
type meanSquares struct {
	sum, count map[flipKind]float64
	total, n   float64
}

// add counts one alternative.
func (m *meanSquares) add(kind flipKind, square float64) {
	if m.sum == nil {
		m.sum, m.count = map[flipKind]float64{}, map[flipKind]float64{}
	}
	m.sum[kind] += square
	m.count[kind]++
	m.total += square
	m.n++
}

// roots returns the root mean squares by kind, of which those seen rarely are drawn
// towards that of all, and that of all; nil and 0 if all squares are 0.
func (m *meanSquares) roots() (byKind map[flipKind]float64, all float64) {
	if m.total == 0 {
		return nil, 0
	}
	byKind = map[flipKind]float64{}
	for kind, v := range m.sum {
		byKind[kind] = math.Sqrt((v + prior*m.total/m.n) / (m.count[kind] + prior))
	}
	return byKind, math.Sqrt(m.total / m.n)
}
