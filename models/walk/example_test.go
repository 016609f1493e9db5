package walk_test

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/walk"
)

// How the mean position depends on the probability of a step up: 2t, from a
// single run.
func Example() {
	p, err := gradient.NewProblem(abm.NewSetup(walk.Model), 1)
	if err != nil {
		panic(err)
	}
	m, err := gradient.Collect(context.Background(), p, gradient.StraightThrough{}, gradient.Sampling{Samples: 1})
	if err != nil {
		panic(err)
	}
	_, observables, _ := p.Shape()
	for _, t := range []int{0, 1, 10, 49} {
		fmt.Printf("t=%2d: %g\n", t, m.Mean[t*observables])
	}
	// Output:
	// t= 0: 0
	// t= 1: 2
	// t=10: 20
	// t=49: 98
}
