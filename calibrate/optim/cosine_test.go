package optim

import (
	"math"
	"testing"
)

func TestCosine(t *testing.T) {
	checkSchedule(t, Cosine{From: 3, To: 1, Steps: 100}, map[int]float64{
		0: 3, 25: 2 + math.Sqrt(0.5), 50: 2, 75: 2 - math.Sqrt(0.5), 100: 1, 5000: 1,
	}, "cosine from 3 to 1 over 100 steps")
	checkSchedule(t, Cosine{From: 3, To: 1}, map[int]float64{0: 1}, "cosine from 3 to 1 over 0 steps")
}
