package prior

import (
	"math"
	"testing"
)

func TestLogUniform(t *testing.T) {
	d := must(NewLogUniform(1e-4, 50))
	checkDensity(t, d)
	if got, want := d.Quantile(0.5), math.Sqrt(1e-4*50); !near(got, want, 1e-14) {
		t.Errorf("median %v, want the geometric mean %v", got, want)
	}
}

func TestLogUniformRefuses(t *testing.T) {
	d, err := NewLogUniform(0, 1)
	checkError(t, d, err, "lo must be positive, is 0")
	d, err = NewLogUniform(2, 1)
	checkError(t, d, err, "lo must be less than hi")
}
