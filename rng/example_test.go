package rng_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/rng"
)

// An agent's luck depends on its place in the run only.
func ExampleSeed_Uniform() {
	const infection = 1
	run := rng.Seed{Master: 2026, Run: 0}
	late := run.Uniform(rng.Key{Purpose: infection, Agent: 7, Step: 30})
	early := run.Uniform(rng.Key{Purpose: infection, Agent: 7, Step: 2})
	again := run.Uniform(rng.Key{Purpose: infection, Agent: 7, Step: 30})
	fmt.Printf("%.6f %.6f %.6f\n", late, early, again)
	// Output: 0.830151 0.575159 0.830151
}

// Draws of one key, as many as it takes.
func ExampleSeed_Stream() {
	s := rng.Seed{Master: 2026}.Stream(rng.Key{Agent: -1})
	fmt.Printf("%.4f %.4f %.4f\n", s.Normal(), s.Gamma(0.5), s.Beta(2, 5))
	fmt.Println(s.Poisson(1e6), s.Binomial(100, 0.3), s.Geometric(0.2), s.IntN(6))
	fmt.Println(s.Perm(make([]int, 5)))
	// Output:
	// -0.2714 0.0355 0.5714
	// 999060 22 2 1
	// [4 2 3 0 1]
}

// With the same luck a larger rate never gives a smaller count.
func ExamplePoissonQuantile() {
	const u = 0.8
	for _, rate := range []float64{1, 2, 3, 3.5} {
		fmt.Print(rng.PoissonQuantile(u, rate), " ")
	}
	// Output: 2 3 4 5
}
