package loss

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// Summary is a number that describes a column of a trajectory, over its
// observed cells.
type Summary int

const (
	SummaryMean           Summary = iota
	SummarySD                     // standard deviation over time
	SummaryAutocovariance         // of successive rows
	SummaryMaximum
	SummaryLast // value in the last row that was observed
)

var summaryNames = []string{"mean", "sd", "autocovariance", "maximum", "last"}

func (s Summary) String() string { return summaryNames[s] }

// MarshalText writes "mean", "sd", "autocovariance", "maximum" or "last".
func (s Summary) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes and returns an error that lists
// the words for anything else.
func (s *Summary) UnmarshalText(text []byte) error {
	i, err := oneOf("summary", string(text), summaryNames)
	*s = Summary(i)
	return err
}

// of returns the summary of a column and, unless slope is nil, fills it with
// the derivative by every value. next[i] is the index of the value in the row
// after that of value i, or -1.
func (s Summary) of(column []float64, next []int, slope []float64) float64 {
	n := float64(len(column))
	clear(slope)
	at := func(i int, by float64) {
		if slope != nil {
			slope[i] += by
		}
	}
	switch s {
	case SummarySD:
		mean, sd := stat.MeanStdDev(column, nil)
		for i, x := range column {
			if sd > 0 { // a constant column has a kink
				at(i, (x-mean)/((n-1)*sd))
			}
		}
		return sd
	case SummaryAutocovariance:
		return autocovariance(column, next, at)
	case SummaryMaximum:
		i := floats.MaxIdx(column)
		at(i, 1)
		return column[i]
	case SummaryLast:
		at(len(column)-1, 1)
		return column[len(column)-1]
	}
	for i := range column {
		at(i, 1/n)
	}
	return stat.Mean(column, nil)
}

// autocovariance returns the mean product of deviations in successive rows.
func autocovariance(column []float64, next []int, at func(i int, by float64)) (mean float64) {
	centre, pairs, pull := stat.Mean(column, nil), 0.0, 0.0
	for _, j := range next {
		if j >= 0 {
			pairs++
		}
	}
	for i, j := range next {
		if j < 0 {
			continue
		}
		a, b := column[i]-centre, column[j]-centre
		mean += a * b / pairs
		at(i, b/pairs)
		at(j, a/pairs)
		pull -= (a + b) / pairs
	}
	for i := range column {
		at(i, pull/float64(len(column)))
	}
	return mean
}

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
