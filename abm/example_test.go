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

// play runs a model of a single row, in which rate, shape and share carry
// derivatives, under an estimator that lets draws have those of their mean.
func play(start func(w *abm.World)) {
	setup := abm.NewSetup(&abm.Model{
		Name: "play",
		Parameters: []abm.Parameter{
			{Name: "rate", Default: 2, Support: abm.Positive},
			{Name: "shape", Default: 0.5, Support: abm.Positive},
			{Name: "share", Default: 0.3, Support: abm.Probability},
		},
		Settings:    []abm.Setting{abm.StepsSetting(1)},
		Observables: []abm.Observable{{Name: "x"}},
		Draws:       []string{"first", "second"},
		Start:       func(w *abm.World) func() { start(w); return func() {} },
	})
	if err := setup.Prepare(); err != nil {
		fmt.Println(err)
	}
	world := abm.NewWorld(setup, []int{0, 1, 2}, straight{})
	defer world.Close()
	if err := world.Run(setup.Theta(), rng.Seed{Master: 1}); err != nil {
		fmt.Println(err)
	}
}

// How many customers buy in each of two shops: draws of one kind are told apart
// by an index.
func ExampleWorld_Binomial() {
	const buying abm.Purpose = 0
	play(func(w *abm.World) {
		for k, customers := range []int{10, 20} {
			sold := w.Binomial(buying.At(k), customers, w.Param("share"))
			fmt.Println(sold.Primal(), w.Arena().Tangents(nil, sold))
		}
	})
	// Output:
	// 1 [0 0 10]
	// 6 [0 0 20]
}

// Firms choose among sites by their utility, up to Gumbel noise of scale 0.5.
func ExampleWorld_Choose() {
	const location abm.Purpose = 0
	play(func(w *abm.World) {
		utilities := []ad.Num{w.Param("rate"), ad.Const(1.5), ad.Const(0)}
		rents := []ad.Num{ad.Const(10), ad.Const(20), ad.Const(5)}
		counts := make([]int, 3)
		for range w.Agents(1000) {
			site := w.Choose(location, utilities, ad.Const(0.5))
			counts[site.Index]++
			w.Observe(0, site.Of(rents))
		}
		fmt.Println(counts)
	})
	// Output: [734 255 11]
}

// The best offer is taken; how much the second best matters to the derivative
// is for the temperature to say.
func ExampleWorld_ArgMax() {
	play(func(w *abm.World) {
		offers := []ad.Num{w.Param("rate"), ad.Const(1.8), ad.Const(0)}
		best := w.ArgMax(offers, 0.2)
		paid := best.Of(offers)
		fmt.Println(best.Index, paid.Primal())
		fmt.Printf("%.3f\n", w.Arena().Tangents(nil, paid))
	})
	// Output:
	// 0 2
	// [1.197 0.000 0.000]
}

// A grant for those with less than a limit: it moves with the limit through the
// surrogate, which is 0.1 wide, and with its own size where it is paid.
func ExampleIf() {
	play(func(w *abm.World) {
		size, limit := w.Param("rate"), w.Param("share")
		for _, income := range []float64{0.1, 0.25, 0.5} {
			poor := abm.Greater(limit, ad.Const(income), abm.Logistic{Width: 0.1})
			grant := abm.If(poor, size, ad.Num{})
			fmt.Printf("%g %.2f\n", grant.Primal(), w.Arena().Tangents(nil, grant))
		}
	})
	// Output:
	// 2 [1.00 0.00 2.10]
	// 2 [1.00 0.00 4.70]
	// 0 [0.00 0.00 2.10]
}

// A taste between 0 and 1 and how it moves with the shapes of its law.
func ExampleWorld_Beta() {
	const taste abm.Purpose = 1
	play(func(w *abm.World) {
		x := w.Beta(taste, w.Param("shape"), w.Param("rate"))
		fmt.Printf("%.4f %.4f\n", x.Primal(), w.Arena().Tangents(nil, x))
	})
	// Output: 0.4694 [-0.1860 0.5029 0.0000]
}

// What a model loses in silence shows under an audit.
func ExampleWorld_Watch() {
	play(func(w *abm.World) {
		audit := w.Watch()
		if w.Param("share").Value() > 0.2 { // Greater and If would keep the derivative
			w.Bernoulli(1, w.Param("share"))
		}
		w.Bernoulli(1, w.Param("share"))
		fmt.Println(len(audit.Reads()), audit.Twice()[0].Draw)
	})
	// Output: 1 second
}
