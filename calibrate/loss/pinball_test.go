package loss

import (
	"math"
	"testing"
)

// A single run is all of its own quantiles.
func TestPinballGolden(t *testing.T) {
	var ref struct {
		Tau, Y, Mean float64
		Q            []float64
	}
	golden(t, "pinball", &ref)
	n := len(ref.Q)
	data := Data{Rows: n, Columns: 1}
	for range ref.Q {
		data.Values = append(data.Values, ref.Y)
	}
	l := must(NewPinball(data, PinballOptions{Levels: []float64{ref.Tau}, Scale: []float64{1}}))
	if got := l.Value([][]float64{ref.Q}, nil, nil, nil) / float64(n); !near(got, ref.Mean, 1e-14) {
		t.Errorf("%v, want %v", got, ref.Mean)
	}
}

func TestPinballInterpolates(t *testing.T) {
	data := Data{Values: []float64{0}, Rows: 1, Columns: 1}
	l := must(NewPinball(data, PinballOptions{Levels: []float64{0.25}, Scale: []float64{2}}))
	runs, adjoint := [][]float64{{40}, {10}, {20}}, [][]float64{{nan}, {nan}, {nan}}
	// the quantile is half-way between 10 and 20: 15·0.75/2
	if got := l.Value(runs, adjoint, nil, nil); !near(got, 5.625, 1e-15) {
		t.Errorf("%v, want 5.625", got)
	}
	if adjoint[0][0] != 0 || adjoint[1][0] != 0.1875 || adjoint[2][0] != 0.1875 {
		t.Errorf("adjoint %v", adjoint)
	}
}

// The data lie where no quantile of the test's runs falls.
func TestPinballAdjoint(t *testing.T) {
	data := Data{Values: []float64{math.Sqrt2, math.Pi, nan, math.E, 1 / math.Pi, -math.Sqrt2}, Rows: 3, Columns: 2}
	for _, n := range []int{1, 2, 5} {
		checkAdjoint(t, must(NewPinball(data, PinballOptions{})), n, 6, -20, 40)
	}
}

// The mean over all levels of twice the pinball loss is the CRPS.
func TestPinballTendsToCRPS(t *testing.T) {
	data := Data{Values: []float64{0.3}, Rows: 1, Columns: 1}
	var runs [][]float64
	for i := range 1001 {
		runs = append(runs, []float64{math.Sin(float64(i))})
	}
	var levels []float64
	for i := range 1000 {
		levels = append(levels, (float64(i)+0.5)/1000)
	}
	pinball := must(NewPinball(data, PinballOptions{Levels: levels, Scale: []float64{1}})).Value(runs, nil, nil, nil)
	crps := must(NewCRPS(data, CRPSOptions{Scale: []float64{1}})).Value(runs, nil, nil, nil)
	if math.Abs(2*pinball-crps) > 2e-3 {
		t.Errorf("twice the pinball loss %v, CRPS %v", 2*pinball, crps)
	}
}

func TestPinballOfNaN(t *testing.T) {
	data := Data{Values: []float64{1}, Rows: 1, Columns: 1}
	l := must(NewPinball(data, PinballOptions{Levels: []float64{0.5}, Scale: []float64{1}}))
	if got := l.Value([][]float64{{1}, {2}, {nan}, {4}, {5}}, nil, nil, nil); !math.IsNaN(got) {
		t.Errorf("a run of NaN vanished: %v", got)
	}
}

func TestPinballRefuses(t *testing.T) {
	data := Data{Values: []float64{1, 2}, Rows: 2, Columns: 1}
	l, err := NewPinball(data, PinballOptions{Levels: []float64{0.5, 1}})
	checkError(t, l, err, "a quantile level must lie between 0 and 1, is 1")
}
