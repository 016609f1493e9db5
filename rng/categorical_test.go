package rng

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestCategorical(t *testing.T) {
	weights := []float64{0, 3, 0, 1, 6, 0}
	tests := []struct {
		u    float64
		want int
	}{{0x1p-53, 1}, {0.29, 1}, {0.3, 3}, {0.39, 3}, {0.4, 4}, {1 - 0x1p-53, 4}}
	for _, test := range tests {
		if got := Categorical(test.u, weights); got != test.want {
			t.Errorf("u = %v: %d, want %d", test.u, got, test.want)
		}
	}
	if got := Categorical(0.9, []float64{0x1p-1074, 0}); got != 0 {
		t.Error("rounding leads to an impossible category")
	}
}

func TestCategoricalFrequencies(t *testing.T) {
	weights := []float64{0.1, 0, 0.7, 0.2}
	counts := make([]float64, 4)
	var s Stream
	for range 20000 {
		counts[s.Categorical(weights)]++
	}
	observed := []float64{counts[0], counts[2], counts[3]}
	checkCounts(t, "categorical", observed, []float64{2000, 14000, 4000})
	if counts[1] != 0 {
		t.Errorf("an impossible category was drawn %v times", counts[1])
	}
}

func TestCategoricalNeverImpossibleAndMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weight := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1), rapid.Float64Range(0, 1e-300))
		weights := rapid.SliceOfN(weight, 1, 8).Draw(t, "weights")
		if total := weights; math.Max(total[0], total[len(total)-1]) == 0 {
			weights = append(weights, 0x1p-1074)
		}
		uniform := rapid.Custom(func(t *rapid.T) float64 { return unit(rapid.Uint64().Draw(t, "bits")) })
		u, v := uniform.Draw(t, "u"), uniform.Draw(t, "v")
		i, j := Categorical(min(u, v), weights), Categorical(max(u, v), weights)
		if weights[i] == 0 || weights[j] == 0 {
			t.Errorf("drew an impossible category")
		}
		if i > j {
			t.Errorf("category %d at the smaller uniform, %d at the larger", i, j)
		}
	})
}

func TestCategoricalRejectsImpossibleWeights(t *testing.T) {
	for _, weights := range [][]float64{nil, {0, 0}, {1, -1}, {math.NaN()}, {math.Inf(1), 1}} {
		if !panics(func() { Categorical(0.5, weights) }) {
			t.Errorf("no panic at weights %v", weights)
		}
	}
}
