package prior

import (
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestExponential(t *testing.T) {
	d := must(NewExponential(5))
	checkDensity(t, d)
	checkReference(t, d, distuv.Exponential{Rate: 5})
}

func TestExponentialRefuses(t *testing.T) {
	d, err := NewExponential(0)
	checkError(t, d, err, "rate must be positive, is 0")
}
