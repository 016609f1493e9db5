package loss

import "testing"

func TestCRPSGolden(t *testing.T) {
	var ref struct {
		X          []float64
		Y, V, Fair float64
	}
	golden(t, "crps_ensemble_1d", &ref)
	var runs [][]float64
	for _, x := range ref.X {
		runs = append(runs, []float64{x})
	}
	data := Data{Values: []float64{ref.Y}, Rows: 1, Columns: 1}
	for biased, want := range map[bool]float64{true: ref.V, false: ref.Fair} {
		l := must(NewCRPS(data, CRPSOptions{Scale: []float64{1}, Biased: biased}))
		if got := l.Value(runs, nil, nil, nil); !near(got, want, 1e-14) {
			t.Errorf("%v: %v, want %v", l, got, want)
		}
	}
}

func TestCRPSAdjoint(t *testing.T) {
	data := Data{Values: []float64{1, 3, nan, 2, 0, -1}, Rows: 3, Columns: 2}
	for _, biased := range []bool{false, true} {
		for _, n := range []int{1, 2, 4} {
			checkAdjoint(t, must(NewCRPS(data, CRPSOptions{Biased: biased})), n, 6, -20, 40)
		}
	}
}

// In one dimension the energy score is the CRPS.
func TestCRPSIsTheEnergyScoreOfOneCell(t *testing.T) {
	data := Data{Values: []float64{1, nan}, Rows: 2, Columns: 1}
	runs := [][]float64{{3, 7}, {-1, 2}, {0.5, 9}}
	crps := must(NewCRPS(data, CRPSOptions{Scale: []float64{2}}))
	energy := must(NewEnergyScore(data, EnergyScoreOptions{Scale: []float64{2}}))
	if a, b := crps.Value(runs, nil, nil, nil), energy.Value(runs, nil, nil, nil); !near(a, b, 1e-15) {
		t.Errorf("CRPS %v, energy score %v", a, b)
	}
}
