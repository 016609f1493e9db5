package optim

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClip(t *testing.T) {
	for _, c := range []struct {
		grad  []float64
		limit float64
		norm  float64
		want  []float64
	}{
		{[]float64{3, -4}, 10, 5, []float64{3, -4}},
		{[]float64{3, -4}, 5, 5, []float64{3, -4}},
		{[]float64{3, -4}, 2.5, 5, []float64{1.5, -2}},
		{[]float64{3, -4}, math.Inf(1), 5, []float64{3, -4}},
		{[]float64{0, 0}, 1, 0, []float64{0, 0}},
		{[]float64{3e200, -4e200}, 1, 5e200, []float64{0.6, -0.8}},
		{[]float64{1, math.Inf(1)}, 1, math.Inf(1), []float64{1, math.Inf(1)}},
	} {
		norm := Clip(c.grad, c.limit)
		if math.Abs(norm-c.norm) > 1e-14*c.norm && norm != c.norm {
			t.Errorf("norm %v, want %v", norm, c.norm)
		}
		for i := range c.want {
			if c.grad[i] != c.want[i] && !near(c.grad[i], c.want[i]) {
				t.Errorf("limit %v: %s", c.limit, cmp.Diff(c.want, c.grad))
			}
		}
	}
}

func TestClipOfNaN(t *testing.T) {
	grad := []float64{5, math.NaN()}
	if norm := Clip(grad, 1); !math.IsNaN(norm) || grad[0] != 5 {
		t.Errorf("norm %v, gradient %v", norm, grad)
	}
}

func TestClipMisuse(t *testing.T) {
	checkPanic(t, "positive number, is 0", func() { Clip([]float64{1}, 0) })
}
