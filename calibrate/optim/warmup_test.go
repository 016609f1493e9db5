package optim

import "testing"

func TestWarmup(t *testing.T) {
	s := Warmup{Steps: 3, Then: Exponential{From: 4, Decay: 0.5}}
	checkSchedule(t, s, map[int]float64{0: 1, 1: 2, 2: 3, 3: 4, 4: 2, 5: 1},
		"3 steps of warm-up, then exponential from 4 by 0.5 a step")
	checkSchedule(t, Warmup{Then: Constant{1}}, map[int]float64{0: 1}, "0 steps of warm-up, then constant 1")
}
