package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestLogNormal(t *testing.T) {
	data := Data{Values: []float64{0.2, 3, nan, 250}, Rows: 4, Columns: 1}
	l := must(NewLogNormal(data, LogNormalOptions{Floor: 0.5}))
	run := []float64{0, 7.2, 1, 300}
	checkLikelihood(t, l, data, run, []float64{0.4}, func(i int) distuv.LogProber {
		return distuv.LogNormal{Mu: math.Log(run[i] + 0.5), Sigma: 0.4}
	})
	checkAdjoint(t, l, 2, 4, 0, 300)
}

func TestLogNormalOfImpossibleValues(t *testing.T) {
	l := must(NewLogNormal(Data{Values: []float64{3}, Rows: 1, Columns: 1}, LogNormalOptions{SD: 1}))
	if got := l.Value([][]float64{{0}}, nil, nil, nil); !math.IsInf(got, 1) {
		t.Errorf("a simulated zero costs %v", got)
	}
	if got := l.Value([][]float64{{-1}}, nil, nil, nil); !math.IsNaN(got) {
		t.Errorf("a negative value costs %v", got)
	}
}

func TestLogNormalRefuses(t *testing.T) {
	data := Data{Values: []float64{3, 0}, Rows: 2, Columns: 1}
	l, err := NewLogNormal(data, LogNormalOptions{})
	checkError(t, l, err, "row 2 of column 1: a log-normal value must be positive, is 0")
	l, err = NewLogNormal(Data{Values: []float64{3}, Rows: 1, Columns: 1}, LogNormalOptions{Floor: -1})
	checkError(t, l, err, "floor must be zero or a positive number, is -1")
}
