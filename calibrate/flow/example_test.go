package flow_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

// Fit q to a Gaussian target with mean 3 and standard deviation 2 by the path
// gradient ("sticking the landing"), whose noise vanishes as q meets the target.
func Example() {
	r := rand.New(rand.NewPCG(1, 2))
	q := flow.New(1, flow.Options{Kind: flow.MeanField}, r.Float64)
	tape := q.NewTape(16)
	eps, zBar := make([]float64, 16), make([]float64, 16)
	grad := make([]float64, len(q.Params()))
	for range 400 {
		for i := range eps {
			eps[i] = r.NormFloat64()
		}
		q.Sample(tape, eps)
		q.Score(tape)
		for i, z := range tape.Z {
			targetScore := -(z - 3) / 4
			zBar[i] = (tape.Score[i] - targetScore) / 16
		}
		clear(grad)
		q.Backward(grad, tape, zBar, nil)
		for i, g := range grad {
			q.Params()[i] -= 0.1 * g
		}
	}
	fmt.Printf("location %.3f, log scale %.3f\n", q.Params()[0], q.Params()[1])
	// Output: location 3.000, log scale 0.693
}

// One network pass gives the density of given points, too.
func ExampleFlow_Density() {
	q := flow.New(2, flow.Options{}, rand.New(rand.NewPCG(1, 2)).Float64)
	tape := q.NewTape(1)
	q.Sample(tape, []float64{0.5, -1})
	sampled := tape.LogQ[0]
	q.Density(tape, tape.Z)
	fmt.Printf("ε = %.3f, log q %.3f and %.3f\n", tape.Eps, sampled, tape.LogQ[0])
	// Output: ε = [0.500 -1.000], log q -1.537 and -1.537
}
