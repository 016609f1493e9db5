package report

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Quantiles summarises a distribution at each time by its median and its
// central 50 % and 90 % intervals. All five series have the length of the time
// axis they are drawn on; the zero value stands for "nothing to draw".
type Quantiles struct {
	Lower90, Lower50, Median, Upper50, Upper90 []float64
}

// Summarise returns the quantiles, time by time, of runs, each a series over
// time. Values that are not finite are left out; a time without any is NaN. It
// panics if the runs differ in length.
func Summarise(runs [][]float64) Quantiles {
	var q Quantiles
	if len(runs) == 0 {
		return q
	}
	column := make([]float64, 0, len(runs))
	for t := range runs[0] {
		column = column[:0]
		for _, r := range runs {
			if len(r) != len(runs[0]) {
				panic("report: Summarise: runs of different lengths")
			}
			if finite(r[t]) {
				column = append(column, r[t])
			}
		}
		slices.Sort(column)
		q.Lower90 = append(q.Lower90, quantile(column, 0.05))
		q.Lower50 = append(q.Lower50, quantile(column, 0.25))
		q.Median = append(q.Median, quantile(column, 0.5))
		q.Upper50 = append(q.Upper50, quantile(column, 0.75))
		q.Upper90 = append(q.Upper90, quantile(column, 0.95))
	}
	return q
}

// quantile returns the p-quantile of sorted values by linear interpolation,
// NaN if there are none.
func quantile(sorted []float64, p float64) float64 {
	switch len(sorted) {
	case 0:
		return math.NaN()
	case 1:
		return sorted[0]
	}
	h := p * float64(len(sorted)-1)
	i := min(int(h), len(sorted)-2)
	return sorted[i] + (h-float64(i))*(sorted[i+1]-sorted[i])
}

// sortedFinite returns the finite values in rising order, in a new slice.
func sortedFinite(values []float64) []float64 {
	kept := make([]float64, 0, len(values))
	for _, v := range values {
		if finite(v) {
			kept = append(kept, v)
		}
	}
	slices.Sort(kept)
	return kept
}

// spread returns the mean and standard deviation of values, zero for fewer
// than two.
func spread(values []float64) (mean, sd float64) {
	if len(values) == 0 {
		return 0, 0
	}
	if len(values) == 1 {
		return values[0], 0
	}
	return stat.MeanStdDev(values, nil)
}

// isEmpty reports whether q holds nothing to draw.
func (q Quantiles) isEmpty() bool { return len(q.Median) == 0 }

// check returns an error unless q is empty or all its series have n values.
func (q Quantiles) check(what string, n int) error {
	if q.isEmpty() {
		return nil
	}
	for _, s := range [][]float64{q.Lower90, q.Lower50, q.Median, q.Upper50, q.Upper90} {
		if len(s) != n {
			return mismatch(what, len(s), n)
		}
	}
	return nil
}

// optional returns an error unless the series is empty or has n values.
func optional(what string, series []float64, n int) error {
	if len(series) != 0 && len(series) != n {
		return mismatch(what, len(series), n)
	}
	return nil
}

func mismatch(what string, got, want int) error {
	return fmt.Errorf("%s has %d values, expected %d", what, got, want)
}
