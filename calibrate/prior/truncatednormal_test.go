package prior

import (
	"math"
	"testing"
)

func TestTruncatedNormal(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct{ mu, sd, lo, hi float64 }{
		{2, 1, 0, inf},
		{0.4, 0.5, 0, 1},
		{0, 1, -inf, 0.3},
		{0, 1, -inf, inf},
		{0, 1, 6, 9},      // far upper tail
		{0, 1, -inf, -12}, // far lower tail
		{0, 1, 12, inf},   // and its mirror image
		{5, 2, 5, 5.0001}, // hardly wider than a point
		{3, 1, 0, 1},      // leaning on its upper bound
	} {
		checkDensity(t, must(NewTruncatedNormal(c.mu, c.sd, c.lo, c.hi)))
	}
}

// A half-normal is a normal truncated at its mean.
func TestTruncatedNormalHalf(t *testing.T) {
	d, h := must(NewTruncatedNormal(0, 3, 0, math.Inf(1))), must(NewHalfNormal(3))
	if !near(d.Mean(), h.Mean(), 1e-12) || !near(d.SD(), h.SD(), 1e-12) || !near(d.CDF(2), h.CDF(2), 1e-14) {
		t.Errorf("mean %v sd %v CDF %v, want %v %v %v", d.Mean(), d.SD(), d.CDF(2), h.Mean(), h.SD(), h.CDF(2))
	}
}

func TestTruncatedNormalRefuses(t *testing.T) {
	d, err := NewTruncatedNormal(0, 1, 2, 1)
	checkError(t, d, err, "lo must be less than hi, they are 2 and 1")
	d, err = NewTruncatedNormal(0, 1, 50, 60)
	checkError(t, d, err, "holds no mass")
}
