package prior

import "testing"

func TestLogitNormal(t *testing.T) {
	for _, sigma := range []float64{0.1, 1, 3} {
		checkDensity(t, must(NewLogitNormal(-1.2, sigma)))
	}
	if m := must(NewLogitNormal(0, 2)).Mean(); !near(m, 0.5, 1e-14) {
		t.Errorf("the mean of a symmetric one is %v", m)
	}
}

func TestLogitNormalRefuses(t *testing.T) {
	d, err := NewLogitNormal(0, -1)
	checkError(t, d, err, "sigma must be positive, is -1")
}
