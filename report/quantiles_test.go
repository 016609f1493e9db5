package report

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSummarise(t *testing.T) {
	var runs [][]float64
	for i := 100; i >= 0; i-- { // 0…100 in falling order, and a gap
		runs = append(runs, []float64{float64(i), math.NaN(), 7})
	}
	runs = append(runs, []float64{math.Inf(1), math.NaN(), 7})
	nan := math.NaN()
	want := Quantiles{
		Lower90: []float64{5, nan, 7}, Lower50: []float64{25, nan, 7}, Median: []float64{50, nan, 7},
		Upper50: []float64{75, nan, 7}, Upper90: []float64{95, nan, 7},
	}
	near := cmpopts.EquateApprox(0, 1e-9)
	if diff := cmp.Diff(want, Summarise(runs), near, cmpopts.EquateNaNs()); diff != "" {
		t.Error(diff)
	}
	if !Summarise(nil).isEmpty() {
		t.Error("quantiles of no run")
	}
}

func TestSummarisePanicsOnRaggedRuns(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Summarise([][]float64{{1, 2}, {1}})
}

func TestQuantileInterpolates(t *testing.T) {
	for p, want := range map[float64]float64{0: 1, 0.25: 1.75, 0.5: 2.5, 1: 4} {
		if got := quantile([]float64{1, 2, 3, 4}, p); got != want {
			t.Errorf("quantile %g is %g, expected %g", p, got, want)
		}
	}
}
