package gradient_test

import (
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

func TestDefaultSamples(t *testing.T) {
	for parameters, want := range map[int]int{0: 200, 1: 200, 3: 200, 6: 100, 8: 75, 1000: 20} {
		if got := gradient.DefaultSamples(parameters); got != want {
			t.Errorf("%d parameters: %d samples, want %d", parameters, got, want)
		}
	}
}
