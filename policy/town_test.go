package policy

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/gradient"
)

// town is a model whose best policy is known: in each of four rows the harm is
// sick·(1 − effort) + (start − 2)² + (end − 6)² + noise of standard deviation 0.1.
var town = &abm.Model{
	Name: "town", Doc: "harm that an effort lessens",
	Parameters: []abm.Parameter{
		{Name: "sick", Default: 1, Support: abm.Real, Doc: "harm without effort"},
		{Name: "effort", Default: 0.5, Support: abm.Probability, Doc: "share of harm avoided"},
		{Name: "start", Default: 1, Support: abm.Real, Below: "end", Doc: "when it starts"},
		{Name: "end", Default: 9, Support: abm.Real, Doc: "when it ends"},
	},
	Settings:    []abm.Setting{abm.StepsSetting(4)},
	Observables: []abm.Observable{{Name: "time", Doc: "row"}, {Name: "harm", Doc: "harm in the row"}},
	Draws:       []string{"noise"},
	Start: func(w *abm.World) func() {
		row := 0.0
		step := func() {
			harm := w.Param("sick").Mul(w.Param("effort").Not())
			harm = harm.Add(w.Param("start").Plus(-2).Square()).Add(w.Param("end").Plus(-6).Square())
			for range w.Agents(1) {
				w.Observe(1, harm.Add(w.Normal(0, ad.Num{}, ad.Const(0.1))))
			}
			w.Observe(0, ad.Const(row))
			row++
		}
		step()
		return step
	},
}

const harm = 1 // the observable

// inTown is the problem of making 4·(1 − effort) + 4·effort² and the squares small:
// effort 1/2, start 2, end 6.
func inTown(t *testing.T) *Problem {
	t.Helper()
	s := abm.NewSetup(town)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	u, err := prior.NewUniform(0, 1)
	if err != nil {
		t.Fatal(err)
	}
	effort, err := prior.NewCoordinate("effort", u)
	if err != nil {
		t.Fatal(err)
	}
	times, err := prior.NewPair("start", "end", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	choices, err := prior.NewJoint(effort, times)
	if err != nil {
		t.Fatal(err)
	}
	cost := Cost{Name: "effort", Weight: 4, Product: []Linear{linear(t, "effort"), linear(t, "effort")}}
	return &Problem{
		Setup: s, Choices: choices, Estimator: gradient.StraightThrough{}, Seed: 1, Workers: 2,
		Objective: Objective{
			Outcomes: []Outcome{{Measure{"harm", harm, Sum, 0, 3}, 1}},
			Costs:    []Cost{cost},
		},
	}
}

func linear(t *testing.T, text string) Linear {
	t.Helper()
	l, err := ParseLinear(town, text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// optimum runs a search to its end.
func optimum(t *testing.T, p *Problem, options Options) State {
	t.Helper()
	o, err := NewOptimiser(p, options)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := o.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return o.State()
}

// near fails unless the values are within a distance of those wanted.
func near(t *testing.T, what string, got, want []float64, within float64) {
	t.Helper()
	for k := range want {
		if d := got[k] - want[k]; !(d < within && d > -within) {
			t.Errorf("%s: %v, want %v within %g", what, got, want, within)
			return
		}
	}
}
