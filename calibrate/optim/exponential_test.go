package optim

import "testing"

func TestExponential(t *testing.T) {
	checkSchedule(t, Exponential{From: 2, Decay: 0.5}, map[int]float64{0: 2, 1: 1, 3: 0.25},
		"exponential from 2 by 0.5 a step")
}
