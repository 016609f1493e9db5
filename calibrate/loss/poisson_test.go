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
	want := 0.0
	for i, y := range data.Values {
		if !math.IsNaN(y) {
			want -= distuv.Poisson{Lambda: run[i] + 0.5}.LogProb(y)
		}
	}
	if got := l.Value([][]float64{run}, nil, nil, nil); !near(got, want, 1e-12) {
		t.Errorf("%v, want %v", got, want)
	}
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
