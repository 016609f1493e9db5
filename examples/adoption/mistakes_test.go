package main

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// mistaken is the model with another rule of adopting and without dropping: adopts
// returns 1 if an agent adopts, of whose contacts a share are users, else 0.
func mistaken(adopts func(w *abm.World, share ad.Num) ad.Num) *abm.Model {
	m := *model
	m.Local = nil
	m.Start = func(w *abm.World) func() {
		g := w.Shared().(*network.Network)
		uses, used := w.Column(g.Len()), w.Column(g.Len())
		around := network.NewSum(g, used)
		return func() {
			used.CopyFrom(uses)
			around.Update()
			for i := range w.Agents(g.Len()) {
				if others := used.At(i).Not(); !others.IsZero() {
					share := around.Scaled(i, 1/max(1, g.Degree(i)))
					uses.Add(i, others.Mul(adopts(w, share)))
				}
			}
			w.Observe(0, uses.Sum().Times(1/float64(g.Len())))
		}
	}
	return &m
}

// report prints what the audit of nudge check says of a model, or why it cannot run.
func report(m *abm.Model, set ...string) {
	setup := abm.NewSetup(m)
	for _, assignment := range set {
		if err := setup.Assign(assignment); err != nil {
			fmt.Println(err)
		}
	}
	problem, err := gradient.NewProblem(setup, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	audit, err := problem.Audit()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sentence := range audit.Sentences() {
		fmt.Println(sentence)
	}
}

// A branch on a number that carries derivatives loses them.
func Example_lost() {
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		rate := w.Param("innovation")
		if share.Value() > 0.5 {
			rate = rate.Add(w.Param("imitation"))
		}
		return w.Event(adopting, rate)
	}))
	// Output:
	// adoption/mistakes_test.go:63 reads a number that carries derivatives by Value, 17500 times a run: a branch or an index taken on it has no derivative; decide by abm.Greater, If, Select or ArgMax, or draw
}

// It should be decided by numbers.
func Example_kept() {
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		most := abm.Greater(share, ad.Const(0.5), abm.Logistic{Width: 0.1})
		return w.Event(adopting, w.Param("innovation").Add(w.Param("imitation").Mul(most)))
	}))
	// Output:
}

// Two draws for one purpose in one turn have the same luck.
func Example_twice() {
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		alone := w.Event(adopting, w.Param("innovation"))
		swayed := w.Event(adopting, w.Param("imitation").Mul(share))
		return abm.Or(alone, swayed)
	}))
	// Output:
	// adoption/mistakes_test.go:85 draws "adopting" again for the same agent in the same step, 16240 times a run: it gets the same luck; tell repeated draws apart by Purpose.At
}

// Numbered, they have their own.
func Example_numbered() {
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		alone := w.Event(adopting.At(1), w.Param("innovation"))
		swayed := w.Event(adopting.At(2), w.Param("imitation").Mul(share))
		return abm.Or(alone, swayed)
	}))
	// Output:
}

// A rate is no probability.
func Example_improbable() {
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		return w.Bernoulli(adopting, w.Param("innovation").Add(w.Param("imitation").Mul(share)))
	}), "imitation=1.5")
	// Output:
	// model adoption: a probability must lie between 0 and 1, is 1.02; bound the rate or use Event, which takes any rate ≥ 0 (draw "adopting", agent 41, step 4)
}

// A temporary number ends with the agent's turn.
func Example_late() {
	var before ad.Num
	report(mistaken(func(w *abm.World, share ad.Num) ad.Num {
		sum := share.Add(before)
		before = share
		return w.Event(adopting, w.Param("innovation").Add(w.Param("imitation").Mul(sum.Times(0.5))))
	}))
	// Output:
	// ad: adoption/mistakes_test.go:115 uses a number after its region ended (an agent's turn or a step); keep it in a column instead
}
