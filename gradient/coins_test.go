package gradient_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// coins is a model with known derivatives: every agent tosses two coins, one
// with probability p and one with probability q.
//
//	heads: Σ x      d/dp = N          linear: exact by straight-through
//	pairs: Σ x·x    d/dp = N          straight-through gives 2Np
//	odd:   Σ y      d/dp = 0, d/dq = N
var coins = &abm.Model{
	Name: "coins",
	Parameters: []abm.Parameter{
		{Name: "p", Default: 0.3, Support: abm.Probability},
		{Name: "q", Default: 0.6, Support: abm.Probability},
	},
	Settings:    []abm.Setting{abm.StepsSetting(2)},
	Observables: []abm.Observable{{Name: "heads"}, {Name: "pairs"}, {Name: "odd"}},
	Draws:       []string{"toss", "other toss"},
	Start: func(w *abm.World) func() {
		toss := func() {
			for range w.Agents(tossers) {
				x, y := w.Bernoulli(0, w.Param("p")), w.Bernoulli(1, w.Param("q"))
				w.Observe(0, x)
				w.Observe(1, x.Mul(x))
				w.Observe(2, y)
			}
		}
		toss()
		return toss
	},
}

const tossers = 40

// spoilt is coins with a derivative that is not finite.
var spoilt = &abm.Model{
	Name:        "spoilt",
	Parameters:  []abm.Parameter{{Name: "p", Default: 0, Support: abm.Probability}},
	Settings:    []abm.Setting{abm.StepsSetting(1)},
	Observables: []abm.Observable{{Name: "root"}},
	Start: func(w *abm.World) func() {
		w.Observe(0, w.Param("p").Sqrt().Plus(1))
		return func() {}
	},
}

func asked(t *testing.T, m *abm.Model, parameters ...string) *gradient.Problem {
	t.Helper()
	p, err := gradient.NewProblem(abm.NewSetup(m), 7, parameters...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
