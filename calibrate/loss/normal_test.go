package loss

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestNormal(t *testing.T) {
	data := Data{Values: []float64{0, 3, nan, -2}, Rows: 4, Columns: 1}
	run := []float64{1, 7.2, 1, 0}
	l := must(NewNormal(data, NormalOptions{}))
	checkLikelihood(t, l, data, run, []float64{1.7}, func(i int) distuv.LogProber { return distuv.Normal{Mu: run[i], Sigma: 1.7} })
	if got := l.Value([][]float64{run}, nil, []float64{0}, nil); !math.IsNaN(got) {
		t.Errorf("a standard deviation of zero costs %v", got)
	}
	checkAdjoint(t, l, 2, 4, -2, 3)
}
