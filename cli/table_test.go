package cli

import (
	"math"
	"slices"
	"testing"
)

func TestMeasured(t *testing.T) {
	for _, c := range []struct {
		v, se float64
		want  string
	}{
		{1.23456, 0.0321, "1.235 ± 0.032"},
		{-12345, 678, "-12345 ± 678"},
		{0.5, 0, "0.5"},
		{0.123456, math.NaN(), "0.1235"},
		{3.2e9, 1.5e8, "3.2e+09 ± 1.5e+08"},
		{1e-7, 2e-8, "1e-07 ± 2e-08"},
		{0, 0.25, "0.00 ± 0.25"},
	} {
		if got := measured(c.v, c.se); got != c.want {
			t.Errorf("measured(%g, %g) = %q, want %q", c.v, c.se, got, c.want)
		}
	}
}

func TestSampledRows(t *testing.T) {
	if got := sampled(3); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("of 3 rows: %v", got)
	}
	for n := 1; n < 300; n++ {
		got := sampled(n)
		if got[0] != 0 || got[len(got)-1] != n-1 || len(got) > fewRows+1 || !slices.IsSorted(got) {
			t.Fatalf("of %d rows: %v", n, got)
		}
	}
}
