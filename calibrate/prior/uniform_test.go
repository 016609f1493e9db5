package prior

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

func TestUniform(t *testing.T) {
	d := must(NewUniform(-0.1, 0.3))
	checkDensity(t, d)
	checkReference(t, d, distuv.Uniform{Min: -0.1, Max: 0.3})
}

func TestUniformRefuses(t *testing.T) {
	d, err := NewUniform(1, 1)
	checkError(t, d, err, "lo must be less than hi")
	d, err = NewUniform(0, math.Inf(1))
	checkError(t, d, err, "hi must be a finite number")
}
