package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The space holds the priors of the model's parameters, not those of the loss,
// and parameters that hang together as one factor.
func TestSpace(t *testing.T) {
	c := build(t, "transmission, prior: truncated-normal, mean: 2, sd: 1, low: 0}",
		"transmission, prior: uniform, low: 1, high: 3}\n  - {names: [distancing_start, distancing_end], prior: ordered-pair, low: 0, high: 4}")
	space := c.Space()
	if d := cmp.Diff([]string{"transmission", "distancing_start, distancing_end", "recovery"}, space.Factors()); d != "" {
		t.Fatal(d)
	}
	x := make([]float64, 4)
	space.Draw(x, []float64{.25, .5, .5, .5})
	if x[0] != 1.5 || !(x[1] < x[2]) {
		t.Error(x)
	}
}
