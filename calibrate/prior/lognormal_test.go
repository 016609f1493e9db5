package prior

import (
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestLogNormal(t *testing.T) {
	for _, sigma := range []float64{0.1, 1} {
		d := must(NewLogNormal(-1.2, sigma))
		checkDensity(t, d)
		checkReference(t, d, distuv.LogNormal{Mu: -1.2, Sigma: sigma})
	}
}

func TestLogNormalRefuses(t *testing.T) {
	d, err := NewLogNormal(0, 0)
	checkError(t, d, err, "sigma must be positive, is 0")
}
