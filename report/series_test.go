package report

import (
	"math"
	"testing"
)

func TestSeriesMeanSkipsGaps(t *testing.T) {
	nan := math.NaN()
	got := Trajectories{Runs: [][]float64{{1, nan, nan}, {3, 5, nan}}}.mean()
	if got[0] != 2 || got[1] != 5 || !math.IsNaN(got[2]) {
		t.Errorf("mean %v", got)
	}
}
