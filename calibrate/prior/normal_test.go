package prior

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestNormal(t *testing.T) {
	d := must(NewNormal(-3, 2.5))
	checkDensity(t, d)
	checkReference(t, d, distuv.Normal{Mu: -3, Sigma: 2.5})
}

func TestNormalRefuses(t *testing.T) {
	d, err := NewNormal(0, -1)
	checkError(t, d, err, "sd must be positive, is -1")
	d, err = NewNormal(math.NaN(), 1)
	checkError(t, d, err, "mu must be a finite number")
	d, err = NewNormal(0, math.Inf(1))
	checkError(t, d, err, "sd must be a finite number")
}
