package reparam

import (
	"math"
	"testing"
)

func TestDigamma(t *testing.T) {
	known := map[float64]float64{ // mpmath, 20 digits
		0.001:     -1000.5755719318102797,
		0.05:      -20.497844991299869257,
		1.0:       -0.57721566490153286061,
		1.4616:    -0.000031106251230341649658,
		7.5:       1.9467574842460867881,
		9.99:      2.250700372831201122,
		10.0:      2.2517525890667211076,
		500.0:     6.2136077650889917424,
		1000000.0: 13.815510057964190771,
	}
	for x, want := range known {
		if got := digamma(x); math.Abs(got-want) > 2e-15*max(1, math.Abs(want)) {
			t.Errorf("ψ(%g) = %v, want %v", x, got, want)
		}
	}
}
