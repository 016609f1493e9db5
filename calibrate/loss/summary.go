package loss

import (
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
