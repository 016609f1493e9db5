package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestPoisson(t *testing.T) {
	data := Data{Values: []float64{0, 3, nan, 250}, Rows: 4, Columns: 1}
	l := must(NewPoisson(data, PoissonOptions{Floor: 0.5}))
	run := []float64{0, 7.2, 1, 300}
	checkLikelihood(t, l, data, run, nil, func(i int) distuv.LogProber { return distuv.Poisson{Lambda: run[i] + 0.5} })
}

func TestPoissonOfImpossibleCounts(t *testing.T) {
	l := must(NewPoisson(Data{Values: []float64{0}, Rows: 1, Columns: 1}, PoissonOptions{Floor: NoFloor}))
	if got := l.Value([][]float64{{0}}, nil, nil, nil); got != 0 {
		t.Errorf("no event where none is expected costs %v", got)
	}
	if got := l.Value([][]float64{{-1}}, nil, nil, nil); !math.IsNaN(got) {
		t.Errorf("a negative expectation costs %v", got)
	}
}
