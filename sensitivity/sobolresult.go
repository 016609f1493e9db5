package sensitivity

import (
	"fmt"
	"math"
	"strings"
)

// result returns the indices with their intervals.
func (s *sobol) result(b *blocks) *SobolIndices {
	outputs, width := s.Outputs(), s.estimates()
	all := b.estimate(s.o.Options, func(sums []float64) []float64 {
		dst := make([]float64, outputs*width)
		for k := range outputs {
			s.estimate(dst[k*width:][:width], sums[1+k*s.statistics():], sums[0])
		}
		return dst
	})
	r := &SobolIndices{Factors: s.Space().Factors(), Points: s.o.Points, Left: b.left}
	column := func(at int) []Index {
		list := make([]Index, outputs)
		for k := range list {
			list[k] = all[k*width+at]
		}
		return list
	}
	r.Variance, r.Luck = column(atVariance), column(atLuck)
	for k := range outputs {
		r.Mean = append(r.Mean, all[k*width+atMean].Value+s.level[k])
	}
	for i := range s.factors {
		r.First = append(r.First, column(atFirst+i))
		r.Total = append(r.Total, column(atFirst+s.factors+i))
	}
	if s.o.SecondOrder {
		for i := range s.factors {
			r.Second = append(r.Second, make([][]Index, s.factors))
			for j := i + 1; j < s.factors; j++ {
				r.Second[i][j] = column(atFirst + 2*s.factors + pair(i, j))
			}
		}
	}
	s.judge(r)
	r.Cost = s.cost()
	return r
}

// cost compares with derivative-based measures at as many points.
func (s *sobol) cost() Cost {
	points, r := float64(s.o.Points), float64(s.o.Replicates)
	row := float64(s.factors + 2)
	if s.o.SecondOrder {
		row += float64(s.factors)
	}
	return Cost{
		Runs:            1 + points*r*row,
		Alternative:     "upper bounds on the total indices from a gradient at each point",
		AlternativeRuns: points * r,
	}
}

// judge adds the warnings.
func (s *sobol) judge(r *SobolIndices) {
	var constant, negative, over []string
	for k := range s.Outputs() {
		if v := r.Variance[k]; math.IsNaN(r.First[0][k].Value) || v.Low <= 0 {
			constant = append(constant, s.Output(k))
			for i := range r.Factors {
				r.First[i][k], r.Total[i][k] = nothing, nothing
				for j := i + 1; r.Second != nil && j < len(r.Factors); j++ {
					r.Second[i][j][k] = nothing
				}
			}
			continue
		}
		sum := 0.0
		for i, name := range r.Factors {
			if r.First[i][k].below() || r.Total[i][k].below() {
				negative = append(negative, name+" on "+s.Output(k))
			}
			sum += r.First[i][k].Low
		}
		if sum > 1 {
			over = append(over, s.Output(k))
		}
	}
	r.warn(constant, "The factors do not move %s beyond luck; there are no indices.")
	r.warn(negative, "Negative beyond what the interval allows: %s. Take more points or replicates.")
	r.warn(over, "First-order indices sum to more than one: %s. Take more points.")
	if r.Left > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%d of %d points were left out since some output was not finite.", r.Left, r.Points))
	}
}

// below reports whether the index is below zero by twice what its interval
// allows, as hardly one of many is by chance.
func (x Index) below() bool { return 2*x.High-x.Value < 0 }

// nothing is the index of an output that does not vary.
var nothing = Index{math.NaN(), math.NaN(), math.NaN()}

func (r *SobolIndices) warn(what []string, format string) {
	if len(what) > 0 {
		r.Warnings = append(r.Warnings, fmt.Sprintf(format, some(what)))
	}
}

// some lists the first few of many.
func some(what []string) string {
	const few = 4
	if len(what) <= few {
		return strings.Join(what, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(what[:few], ", "), len(what)-few)
}
