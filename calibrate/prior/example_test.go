package prior_test

import (
	"fmt"
	"log"

	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A prior over a rate and two dates, seen from the standardised space in which
// a variational family lives.
func ExampleNewJoint() {
	density, err := prior.NewLogNormal(-1, 0.5)
	if err != nil {
		log.Fatal(err)
	}
	rate, err := prior.NewCoordinate("transmission", density)
	if err != nil {
		log.Fatal(err)
	}
	dates, err := prior.NewPair("quarantine_start", "quarantine_end", 0, 60)
	if err != nil {
		log.Fatal(err)
	}
	joint, err := prior.NewJoint(rate, dates)
	if err != nil {
		log.Fatal(err)
	}

	theta, grad := make([]float64, 3), make([]float64, 3)
	joint.Constrain(theta, []float64{0, 0, 0}) // the prior median
	logp := joint.LogDensity(grad, []float64{1, 0, 0})
	fmt.Println(joint)
	fmt.Printf("median %.3f, log density one sd up %.3f, slope %.3f\n", theta, logp, grad[0])
	// Output:
	// transmission ~ LogNormal(mu=-1, sigma=0.5)
	// (quarantine_start, quarantine_end) ~ UniformOrderedPair(lo=0, hi=60)
	// median [0.368 17.574 38.787], log density one sd up -3.179, slope -1.000
}

func ExampleNewNormal() {
	_, err := prior.NewNormal(0.5, -1)
	fmt.Println(err)
	// Output: sd must be positive, is -1
}
