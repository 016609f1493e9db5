package abm_test

import (
	"context"
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// decay is a whole model: agents that each die at the same rate.
var decay = &abm.Model{
	Name: "decay",
	Doc:  "a population that dies out: E[alive at t] = e^(−mortality·t)",
	Parameters: []abm.Parameter{{
		Name: "mortality", Unit: "1/time", Default: 0.2, Support: abm.Positive, Doc: "rate at which an agent dies",
	}},
	Settings: []abm.Setting{
		{Name: "agents", Unit: "agents", Kind: abm.Whole, Min: 1, Default: "1000", Doc: "population size"},
		abm.StepsSetting(4),
	},
	Observables: []abm.Observable{{Name: "alive", Unit: "share", Doc: "agents alive"}},
	Draws:       []string{"death"},
	Start: func(w *abm.World) func() {
		n := w.Int("agents")
		mortality := w.Param("mortality")
		alive := w.Column(n)
		alive.Fill(1)
		observe := func() { w.Observe(0, alive.Sum().Times(1/float64(n))) }
		observe()
		return func() {
			for i := range w.Agents(n) {
				if x := alive.At(i); !x.IsZero() {
					death := w.Event(0, mortality)
					alive.Set(i, x.Mul(death.Not()))
				}
			}
			observe()
		}
	},
}

// A model is described once; a setup gives it values, a world runs it.
func Example() {
	setup := abm.NewSetup(decay)
	if err := setup.Assign("agents=5"); err != nil {
		fmt.Println(err)
	}
	fmt.Println(setup.Assign("mortalty=0.3"))
	if err := setup.Prepare(); err != nil {
		fmt.Println(err)
	}

	world := abm.NewWorld(setup, nil, nil)
	if err := world.Run(setup.Theta(), rng.Seed{Master: 1, Run: 0}); err != nil {
		fmt.Println(err)
	}
	fmt.Println(world.Series(nil))
	// Output:
	// unknown parameter or setting "mortalty"; did you mean "mortality"?; known are mortality, agents, steps
	// [1 1 0.8 0.8]
}

// The model says nothing of derivatives; an estimator chosen at run time gives
// them. The truth here is −t·e^(−mortality·t).
func Example_gradient() {
	problem, err := gradient.NewProblem(abm.NewSetup(decay), 1)
	if err != nil {
		fmt.Println(err)
	}
	m, err := gradient.Collect(context.Background(), problem, gradient.StraightThrough{}, gradient.Sampling{Samples: 100, Workers: 2})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.2f\n", m.Mean)
	// Output: [0.00 -0.82 -1.34 -1.65]
}

// A policy in force from 2 to 5, its end being a parameter.
func ExampleGate() {
	arena := ad.NewForward(1)
	defer arena.Close()
	end := arena.Param(0, 5)
	for _, t := range []float64{1, 2, 4, 5} {
		open := abm.Gate(t, ad.Const(2), end, abm.NormalCDF{Sigma: 1})
		fmt.Printf("t=%g: %g, derivative %.3f\n", t, open.Primal(), arena.Tangents(nil, open)[0])
	}
	// Output:
	// t=1: 0, derivative 0.000
	// t=2: 1, derivative 0.002
	// t=4: 1, derivative 0.236
	// t=5: 0, derivative 0.398
}

// The results of work done in parallel come in order.
func ExampleOrdered() {
	err := abm.Ordered(context.Background(), 2, 5,
		func(_, i int) (int, error) { return i * i, nil },
		func(i, square int) error { fmt.Println(i, square); return nil })
	fmt.Println(err)
	// Output:
	// 0 0
	// 1 1
	// 2 4
	// 3 9
	// 4 16
	// <nil>
}
