package optim

import "testing"

func TestConstant(t *testing.T) {
	checkSchedule(t, Constant{0.01}, map[int]float64{0: 0.01, 7: 0.01, 1e9: 0.01}, "constant 0.01")
}
