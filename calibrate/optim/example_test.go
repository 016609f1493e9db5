package optim_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/calibrate/optim"
)

// The loop every training is made of, here for the minimum of (x−2)².
func Example() {
	adam, average := optim.AdamW{}, optim.Average{}
	schedule := optim.Warmup{Steps: 10, Then: optim.Cosine{From: 0.1, Steps: 490}}
	params := []float64{-1}
	state, mean := adam.Init(1), average.Init(1)
	for step := range 500 {
		grad := []float64{2 * (params[0] - 2)}
		optim.Clip(grad, 1)
		adam.Update(params, grad, schedule.Rate(step), &state)
		average.Update(params, &mean)
	}
	fmt.Printf("%.2f, on average %.2f\n", params[0], mean.Mean[0])
	// Output: 2.00, on average 2.00
}
