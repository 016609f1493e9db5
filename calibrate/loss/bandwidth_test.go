package loss

import "testing"

func TestMedianBandwidth(t *testing.T) {
	data := Data{Values: []float64{0, 0, 0, nan}, Rows: 2, Columns: 2}
	runs := [][]float64{{3, 1, 4, 77}, {6, 5, 8, -12}}
	// column 1: 5, 5, 10; column 2, first row only: 1, 4, 5
	got := MedianBandwidth(runs, data)
	if got[0] != 5 || got[1] != 4 {
		t.Errorf("bandwidths %v, want 5 and 4", got)
	}
	// one more run, equal to the data: the median of 0, 5, 5, 5, 10, 10 and of 0, 1, 1, 4, 5, 5
	got = MedianBandwidth(append(runs, []float64{0, 0, 0, 0}), data)
	if got[0] != 5 || got[1] != 2.5 {
		t.Errorf("bandwidths %v, want 5 and 2.5", got)
	}
}

func TestMedianBandwidthMisuse(t *testing.T) {
	checkPanic(t, "no runs", func() { MedianBandwidth(nil, Data{Values: []float64{1}, Rows: 1, Columns: 1}) })
}
