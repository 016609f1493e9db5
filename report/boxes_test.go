package report

import (
	"math"
	"testing"
)

func TestSummariseBox(t *testing.T) {
	draws := append(sampleDays(101), math.NaN(), math.Inf(-1))
	want := boxSummary{at: 3, p5: 6, p25: 26, p50: 51, p75: 76, p95: 96, mean: 51}
	if got := summariseBox(Box{3, draws}); got != want {
		t.Errorf("box %+v, expected %+v", got, want)
	}
}
