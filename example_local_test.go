package nudge_test

import (
	"fmt"
	"log"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// The states and the signal of the discrete form.
const (
	waiting abm.State = iota
	adopter
)
const shows abm.Signal = 1

// discreteBass is the model with a second, discrete form of its step.
func discreteBass() *abm.Model {
	m := *bass
	m.Prepare = func(s *abm.Setup) (any, error) { return network.Complete(s.Int("agents")), nil }
	m.Local = func(w *abm.World) *abm.Local {
		unit := 1 / float64(w.Int("agents"))
		innovation, imitation := w.Param("innovation"), w.Param("imitation")
		return &abm.Local{
			Network: w.Shared().(*network.Network), States: 2, Signals: 1,
			Initial: func(int) abm.State { return waiting },
			Show:    func(int, abm.State) abm.Signal { return shows },
			Shows:   []abm.State{adopter},
			Moves: []abm.Move{{From: waiting, To: adopter, Hazard: func(_ float64, felt *abm.Felt) ad.Num {
				return innovation.Add(imitation.Times(unit * float64(felt[shows])))
			}}},
			Ends:    []abm.State{adopter},
			Observe: func(out, _, now []ad.Num) { out[0] = now[adopter].Times(unit) },
		}
	}
	return &m
}

// Both forms make the same runs; with the discrete one an alternative history
// costs less than a run.
func Example_local() {
	setup := abm.NewSetup(discreteBass())
	if err := setup.Prepare(); err != nil {
		log.Fatal(err)
	}
	world, same := abm.NewWorld(setup, nil, nil), true
	for run := range uint64(20) {
		luck := rng.Seed{Master: 1, Run: run}
		if err := world.Run(setup.Theta(), luck); err != nil {
			log.Fatal(err)
		}
		discrete := world.Series(nil)
		if err := world.RunFull(setup.Theta(), luck); err != nil {
			log.Fatal(err)
		}
		same = same && slices.Equal(discrete, world.Series(nil))
	}
	fmt.Println("same runs:", same)

	full, sparse := flips(bass), flips(discreteBass())
	fmt.Println("a sample with 20 flips takes more than ten runs' work:", full > 10)
	fmt.Println("with the discrete form it takes less than two:", sparse < 2)
	// Output:
	// same runs: true
	// a sample with 20 flips takes more than ten runs' work: true
	// with the discrete form it takes less than two: true
}

// flips returns how many runs' worth of work a sample with 20 flips takes.
func flips(model *abm.Model) float64 {
	problem, err := gradient.NewProblem(abm.NewSetup(model), 1)
	if err != nil {
		log.Fatal(err)
	}
	sampler, err := gradient.Flip{Flips: 20}.Sampler(problem)
	if err != nil {
		log.Fatal(err)
	}
	defer sampler.Close()
	var sample gradient.Sample
	if err := sampler.Sample(0, &sample); err != nil {
		log.Fatal(err)
	}
	return sample.Runs
}
