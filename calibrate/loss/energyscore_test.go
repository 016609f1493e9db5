package loss

import "testing"

func TestEnergyScoreGolden(t *testing.T) {
	var ref struct {
		X       [][]float64
		Y       []float64
		V, Fair float64
	}
	golden(t, "energy_score", &ref)
	data := Data{Values: ref.Y, Rows: 2, Columns: 2}
	for biased, want := range map[bool]float64{true: ref.V, false: ref.Fair} {
		l := must(NewEnergyScore(data, EnergyScoreOptions{Scale: []float64{1, 1}, Biased: biased}))
		if got := l.Value(ref.X, nil, nil, nil); !near(got, want, 1e-14) {
			t.Errorf("%v: %v, want %v", l, got, want)
		}
	}
}

func TestEnergyScoreAdjoint(t *testing.T) {
	data := Data{Values: []float64{1, 3, nan, 2, 0, -1}, Rows: 3, Columns: 2}
	for _, biased := range []bool{false, true} {
		for _, n := range []int{1, 2, 4} {
			checkAdjoint(t, must(NewEnergyScore(data, EnergyScoreOptions{Biased: biased})), n, 6, -20, 40)
		}
	}
}

// A perfect run has a kink; its adjoint is taken as zero, not NaN.
func TestEnergyScoreAtTheData(t *testing.T) {
	data := Data{Values: []float64{1, 3}, Rows: 2, Columns: 1}
	l := must(NewEnergyScore(data, EnergyScoreOptions{}))
	adjoint := [][]float64{{1, 1}, {1, 1}}
	if got := l.Value([][]float64{{1, 3}, {1, 3}}, adjoint, nil, nil); got != 0 || adjoint[0][0] != 0 {
		t.Errorf("value %v, adjoint %v", got, adjoint)
	}
}

func TestEnergyScoreRefuses(t *testing.T) {
	l, err := NewEnergyScore(Data{Values: []float64{2, 2}, Rows: 2, Columns: 1}, EnergyScoreOptions{})
	checkError(t, l, err, "column 1 does not vary")
}
