package abc_test

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// coin throws a coin 99 times; its probability of heads is unknown.
type coin struct{}

func (coin) Generator([]string) (calibrate.Generator, error) { return coin{}, nil }

func (coin) Generate(theta []float64, luck uint64) ([]float64, int, error) {
	stream := rng.Seed{Master: 1, Run: luck}.Stream(rng.Key{})
	return []float64{float64(stream.Binomial(99, theta[0]))}, 1, nil
}

func (coin) Close() {}

// 20 heads came up: the posterior is Beta(21, 80).
func ExampleRun() {
	d, err := prior.NewUniform(0, 1)
	if err != nil {
		panic(err)
	}
	heads, err := prior.NewCoordinate("heads", d)
	if err != nil {
		panic(err)
	}
	joint, err := prior.NewJoint(heads)
	if err != nil {
		panic(err)
	}
	problem := abc.Problem{Prior: joint, Model: coin{}, Data: []float64{20}}
	p, err := abc.Run(context.Background(), problem, abc.Options{Particles: 500, Simulations: 10_000, Seed: 1}, nil)
	if err != nil {
		panic(err)
	}
	fmt.Printf("mean %.2f, ended by: %s\n", p.Mean(func(theta []float64) float64 { return theta[0] }), p.Stop)
	// Output: mean 0.21, ended by: simulations
}
