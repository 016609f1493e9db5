package prior

import "testing"

func TestHalfNormal(t *testing.T) {
	checkDensity(t, must(NewHalfNormal(0.7)))
}

func TestHalfNormalRefuses(t *testing.T) {
	d, err := NewHalfNormal(-1)
	checkError(t, d, err, "sd must be positive, is -1")
}
