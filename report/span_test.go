package report

import (
	"math"
	"testing"
)

func TestSpan(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name      string
		got, want span
	}{
		{"of values", spanOf([]float64{3, nan, -inf}, nil, []float64{-1, inf}), span{-1, 3}},
		{"join with empty", empty().join(span{1, 2}), span{1, 2}},
		{"clip", span{0, 10}.clip(span{5, 20}), span{5, 10}},
		{"clip apart", span{0, 1}.clip(span{5, 20}), span{5, 20}},
		{"padded", span{0, 10}.padded(0.1), span{-1, 11}},
		{"padded empty", empty().padded(0.1), span{0, 1}},
		{"padded single", span{5, 5}.padded(0.1), span{4.5, 5.5}},
		{"padded zero", span{0, 0}.padded(0.1), span{-1, 1}},
		{"counting from zero", span{10, 100}.counting(), span{0, 105.4}},
		{"counting far from zero", span{90, 100}.counting(), span{89.4, 100.6}},
		{"times of one", span{3, 3}.times(0.1), span{2, 4}},
	} {
		if math.Abs(c.got.lo-c.want.lo)+math.Abs(c.got.hi-c.want.hi) > 1e-9 {
			t.Errorf("%s: %v, expected %v", c.name, c.got, c.want)
		}
	}
	if !empty().isEmpty() || (span{1, 1}).isEmpty() {
		t.Error("isEmpty is wrong")
	}
}
