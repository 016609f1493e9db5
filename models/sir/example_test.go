package sir_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/models/sir"
)

// How the deterministic limit responds to the transmission rate.
func ExampleLimit() {
	limit := sir.Limit{Transmission: 0.4, Recovery: 0.05, Initial: 0.005}
	times := []float64{0, 10, 20, 40}
	for k, x := range limit.At(times) {
		fmt.Printf("t=%2g: infected %.3f, derivative in transmission %+.3f\n", times[k], x.Infected, x.DInfected[0])
	}
	// Output:
	// t= 0: infected 0.005, derivative in transmission +0.000
	// t=10: infected 0.137, derivative in transmission +1.140
	// t=20: infected 0.610, derivative in transmission +1.173
	// t=40: infected 0.299, derivative in transmission -0.668
}
