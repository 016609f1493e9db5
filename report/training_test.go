package report

import (
	"math"
	"slices"
	"testing"
)

func TestRunningMean(t *testing.T) {
	short := sampleDays(200)
	if !slices.Equal(runningMean(short), short) {
		t.Error("a short series was smoothed")
	}
	long := make([]float64, 1000)
	for i := range long {
		long[i] = float64(i) + 5*math.Pow(-1, float64(i))
	}
	long[500] = math.NaN()
	for i, v := range runningMean(long)[20:980] {
		if math.Abs(v-float64(i+20)) > 1 {
			t.Errorf("mean %g at %d", v, i+20)
		}
	}
}

func TestTrainingAxisStaysReadableBelowZero(t *testing.T) {
	s, err := degenerate()["training-negative"].Plot()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Panels[0][0].Y.Scale, (symlogScale{20}); got != want {
		t.Errorf("axis %#v, expected %#v", got, want)
	}
}
