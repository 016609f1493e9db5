package prior

import (
	"math"
	"testing"
)

func newPairs(t *testing.T, lo, hi float64) (sequential, byGaps OrderedPair) {
	t.Helper()
	sequential, err := NewOrderedPair(lo, hi)
	if err != nil {
		t.Fatal(err)
	}
	byGaps, err = NewOrderedPairByGaps(lo, hi)
	if err != nil {
		t.Fatal(err)
	}
	return sequential, byGaps
}

func TestOrderedPair(t *testing.T) {
	sequential, byGaps := newPairs(t, -3, 60)
	checkVectorBijector(t, sequential)
	checkVectorBijector(t, byGaps)
}

func TestOrderedPairGolden(t *testing.T) {
	sequential, byGaps := newPairs(t, 0, 60)
	for key, pair := range map[string]OrderedPair{
		"bij_ordered_pair_interval_sequential":  sequential,
		"bij_ordered_pair_interval_via_simplex": byGaps,
	} {
		var ref struct {
			Z   []float64
			Out []float64 `json:"start_end_logabsdet"`
		}
		golden(t, key, &ref)
		got := make([]float64, 3)
		got[2] = pair.Forward(got[:2], ref.Z)
		checkNear(t, key, got, ref.Out, 1e-13)
	}
}

func TestOrderedPairAtZero(t *testing.T) {
	sequential, byGaps := newPairs(t, 0, 60)
	theta := make([]float64, 2)
	sequential.Forward(theta, []float64{0, 0})
	checkNear(t, "sequential", theta, []float64{30, 45}, 1e-14)
	byGaps.Forward(theta, []float64{0, 0})
	checkNear(t, "by gaps", theta, []float64{20, 40}, 1e-14)
}

func TestOrderedPairFarOut(t *testing.T) {
	pair, _ := newPairs(t, 0.1, 0.3)
	theta := make([]float64, 2)
	logDet := pair.Forward(theta, []float64{50, 50})
	if !(theta[0] <= theta[1] && theta[1] <= 0.3) || math.IsInf(logDet, 0) {
		t.Errorf("pair %v, log|det| %v", theta, logDet)
	}
	if n := pair.Saturated([]float64{50, -50}); n != 2 {
		t.Errorf("%d saturated, want 2", n)
	}
}

func TestOrderedPairRefuses(t *testing.T) {
	if _, err := NewOrderedPair(2, 1); err == nil {
		t.Error("a backward interval was accepted")
	}
}
