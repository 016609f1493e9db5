package abm

import (
	"testing"

	"github.com/nudge-abm/nudge/ad"
)

// Where rounding leaves something of u after the last alternative, or u falls on
// a bound, the choice is still one of positive probability.
func TestInvertAtItsBounds(t *testing.T) {
	for _, test := range []struct {
		p    []float64
		u    float64
		want int
	}{
		{[]float64{0, 0.25, 0, 0.75, 0}, 0, 1},
		{[]float64{0, 0.25, 0, 0.75, 0}, 0.25, 3},
		{[]float64{0, 0.25, 0, 0.75, 0}, 1, 3},
		{[]float64{0.25, 0.75}, 0.2499999, 0},
		{[]float64{1, 0}, 1, 0},
	} {
		p := make([]ad.Num, len(test.p))
		for i, v := range test.p {
			p[i] = ad.Const(v)
		}
		if got := invert(p, test.u); got != test.want {
			t.Errorf("%v at %v: index %d, want %d", test.p, test.u, got, test.want)
		}
	}
}
