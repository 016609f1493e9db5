package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestBinomial(t *testing.T) {
	data := Data{Values: []float64{0, 3, nan, 20}, Rows: 2, Columns: 2}
	run := []float64{0, 7.2, 1, 17}
	for _, trials := range [][]float64{{10, 20}, {10, 20, nan, 20}} {
		l := must(NewBinomial(data, BinomialOptions{Trials: trials, Floor: 0.5}))
		checkLikelihood(t, l, data, run, nil, func(i int) distuv.LogProber {
			n := trials[i%len(trials)]
			return distuv.Binomial{N: n, P: (run[i] + 0.5) / (n + 1)}
		})
	}
}

func TestBinomialOfImpossibleCounts(t *testing.T) {
	for _, c := range []struct{ y, x, want float64 }{
		{0, 0, 0}, {5, 5, 0}, {1, 0, math.Inf(1)}, {4, 5, math.Inf(1)}, {3, 6, nan}, {3, -1, nan},
	} {
		l := must(NewBinomial(Data{Values: []float64{c.y}, Rows: 1, Columns: 1}, BinomialOptions{Trials: []float64{5}, Floor: NoFloor}))
		if got := l.Value([][]float64{{c.x}}, nil, nil, nil); math.IsNaN(got) != math.IsNaN(c.want) || !math.IsNaN(got) && !near(got, c.want, 1e-14) {
			t.Errorf("%v of 5 where %v are expected cost %v, want %v", c.y, c.x, got, c.want)
		}
	}
}

func TestBinomialRefuses(t *testing.T) {
	data := Data{Values: []float64{3, nan, 4, 1}, Rows: 2, Columns: 2, Names: []string{"positive", "b"}}
	for want, trials := range map[string][]float64{
		"one number of trials a column or a cell is needed: columns 2, cells 4, given 0":        nil,
		"row 2 of positive: 4 successes are more than the trials, which are 3":                  {3, 9},
		"row 1 of positive: the number of trials must be a whole number, one or more, is 9.5":   {9.5, 9},
		"row 2 of positive: the number of trials must be a whole number, one or more, is NaN":   {9, nan, nan, 9},
		"row 2 of b: the number of trials must be a whole number, one or more, is 0":            {9, nan, 9, 0},
		"row 1 of positive: the number of trials must be a whole number, one or more, is 1e+16": {1e16, 9},
		"one number of trials a column or a cell is needed: columns 2, cells 4, given 3":        {9, 9, 9},
	} {
		l, err := NewBinomial(data, BinomialOptions{Trials: trials})
		checkError(t, l, err, want)
	}
}
