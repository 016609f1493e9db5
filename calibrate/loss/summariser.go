package loss

import (
	"fmt"
	"math"
)

// summariser turns a trajectory into a vector: the observed cells, or summaries
// of every column.
type summariser struct {
	kinds   []Summary // none: the observed cells
	columns [][]int   // cells that are observed, of all the data if kinds is empty
	next    [][]int
}

// newSummariser returns the summaries of the data's columns, or an error if one
// cannot be taken.
func newSummariser(data Data, kinds []Summary) (*summariser, error) {
	if len(kinds) == 0 {
		return &summariser{columns: [][]int{data.observed()}}, nil
	}
	s := &summariser{kinds: kinds, columns: make([][]int, data.Columns), next: make([][]int, data.Columns)}
	for c := range data.Columns {
		pairs := 0
		for i := c; i < len(data.Values); i += data.Columns {
			if math.IsNaN(data.Values[i]) {
				continue
			}
			if k := len(s.columns[c]); k > 0 && s.columns[c][k-1] == i-data.Columns {
				s.next[c][k-1] = k
				pairs++
			}
			s.columns[c], s.next[c] = append(s.columns[c], i), append(s.next[c], -1)
		}
		for _, kind := range kinds {
			switch {
			case kind < SummaryMean || kind > SummaryLast:
				return nil, fmt.Errorf("a summary must be one of %v, is %d", summaryNames, kind)
			case kind == SummarySD && len(s.columns[c]) < 2:
				return nil, fmt.Errorf("%s has one observed value, which has no sd", data.name(c))
			case kind == SummaryAutocovariance && pairs == 0:
				return nil, fmt.Errorf("%s has no two observed values in successive rows, so no autocovariance", data.name(c))
			}
		}
	}
	return s, nil
}

// size is the length of the vector.
func (s *summariser) size() int {
	if len(s.kinds) == 0 {
		return len(s.columns[0])
	}
	return len(s.kinds) * len(s.columns)
}

// of returns the vector of a trajectory.
func (s *summariser) of(run []float64) []float64 {
	if len(s.kinds) == 0 {
		return pick(run, s.columns[0])
	}
	var vector []float64
	for c, cells := range s.columns {
		column := pick(run, cells)
		for _, kind := range s.kinds {
			vector = append(vector, kind.of(column, s.next[c], nil))
		}
	}
	return vector
}

// push adds the adjoint of a trajectory, given that of its vector.
func (s *summariser) push(adjoint, run, vector []float64) {
	if len(s.kinds) == 0 {
		for k, i := range s.columns[0] {
			adjoint[i] += vector[k]
		}
		return
	}
	for c, cells := range s.columns {
		column, slope := pick(run, cells), make([]float64, len(cells))
		for k, kind := range s.kinds {
			kind.of(column, s.next[c], slope)
			for j, i := range cells {
				adjoint[i] += vector[c*len(s.kinds)+k] * slope[j]
			}
		}
	}
}

// pick returns some elements of a vector.
func pick(vector []float64, at []int) []float64 {
	some := make([]float64, len(at))
	for k, i := range at {
		some[k] = vector[i]
	}
	return some
}
