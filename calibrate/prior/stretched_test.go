package prior

import "testing"

func TestStretched(t *testing.T) {
	checkDensity(t, stretched{newBeta(1, 2), -3, 63})
	checkDensity(t, stretched{newBeta(2, 1), 10, 0.5})
}
