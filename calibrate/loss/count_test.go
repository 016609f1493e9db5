package loss

import (
	"math"
	"strings"
	"testing"
)

func TestCountsRefuse(t *testing.T) {
	for want, values := range map[string][]float64{
		"row 2 of in_bed: a count cannot be negative, is -2":      {1, -2},
		"row 1 of in_bed: a count must be a whole number, is 1.5": {1.5, nan},
		"in_bed has no observed value":                            {nan, nan},
	} {
		data := Data{Values: values, Rows: 2, Columns: 1, Names: []string{"in_bed"}}
		if _, err := newCounts(data, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one about %q", err, want)
		}
	}
	if _, err := newCounts(Data{Values: []float64{1}, Rows: 1, Columns: 1}, nan); err == nil {
		t.Error("a floor of NaN was accepted")
	}
}

func TestFloor(t *testing.T) {
	data := Data{Values: []float64{3}, Rows: 1, Columns: 1}
	run, adjoint := [][]float64{{0}}, [][]float64{{0}}
	for floor, want := range map[float64]float64{0: 0.1, 2: 2, NoFloor: 0, -7: 0} {
		l := must(NewPoisson(data, PoissonOptions{Floor: floor}))
		got := l.Value(run, adjoint, nil, nil)
		if exact := want - 3*math.Log(want) + math.Log(6); !near(got, exact, 1e-14) {
			t.Errorf("%v: %v, want %v", l, got, exact)
		}
	}
	if l := must(NewPoisson(data, PoissonOptions{})); !strings.Contains(l.String(), "floor 0.1") {
		t.Errorf("%v does not tell its floor", l)
	}
}
