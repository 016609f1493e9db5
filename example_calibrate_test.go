package nudge_test

import (
	"context"
	"fmt"
	"log"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/gradient"
)

// An own model fitted to a yearly share of adopters. The data are one run of
// the model at innovation 0.03 and imitation 0.4.
func Example_calibrate() {
	data := loss.Data{Rows: 12, Columns: 1, Values: []float64{
		0.028, 0.070, 0.120, 0.188, 0.268, 0.354, 0.454, 0.549, 0.656, 0.736, 0.794, 0.844,
	}}
	likelihood, err := loss.NewNormal(data, loss.NormalOptions{SD: 0.02, Combine: loss.OfMean})
	if err != nil {
		log.Fatal(err)
	}
	belief := func(name string, mu, sigma float64) prior.Block {
		density, err := prior.NewLogNormal(mu, sigma)
		if err != nil {
			log.Fatal(err)
		}
		block, err := prior.NewCoordinate(name, density)
		if err != nil {
			log.Fatal(err)
		}
		return block
	}
	joint, err := prior.NewJoint(belief("innovation", -4, 1), belief("imitation", -1, 0.5))
	if err != nil {
		log.Fatal(err)
	}
	problem := calibrate.Problem{Prior: joint, Weight: 1, Target: &calibrate.Simulation{
		Setup: abm.NewSetup(bass), Loss: likelihood, Replicates: 4, Seed: 1,
		Estimator: gradient.StraightThrough{},
		Grid: calibrate.Grid{
			Rows: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, Observables: []int{0},
			Aggregates: []calibrate.Aggregate{calibrate.Last}, Factor: []float64{1},
		},
	}}
	fitted, _, err := calibrate.Fit(context.Background(), problem, calibrate.Options{
		Steps: 100, LearningRate: 0.01, Validations: 4, ValidationDraws: 16, Seed: 1,
	})
	if err != nil {
		log.Fatal(err)
	}
	posterior := fitted.Draw(1000, 1)
	for k, name := range posterior.Names {
		s := calibrate.Summarise(posterior.Column(k))
		fmt.Printf("%s %.3f ± %.3f\n", name, s.Mean, s.SD)
	}
	// Output:
	// innovation 0.032 ± 0.002
	// imitation 0.368 ± 0.021
}
