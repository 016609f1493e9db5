package gradient_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// toy returns a model that does all it does at the start: run returns its
// observables. Its draws are told apart by their purpose.
func toy(name string, parameters, observables []string, run func(w *abm.World) []ad.Num) *abm.Model {
	m := &abm.Model{Name: name, Settings: []abm.Setting{abm.StepsSetting(1)}}
	for _, p := range parameters {
		m.Parameters = append(m.Parameters, abm.Parameter{Name: p, Support: abm.Real})
	}
	for _, o := range observables {
		m.Observables = append(m.Observables, abm.Observable{Name: o})
	}
	m.Start = func(w *abm.World) func() {
		for k, x := range run(w) {
			w.Observe(k, x)
		}
		return func() {}
	}
	return m
}

// nums makes passive numbers of plain ones.
func nums(v ...float64) []ad.Num {
	x := make([]ad.Num, len(v))
	for i := range v {
		x[i] = ad.Const(v[i])
	}
	return x
}

// problem returns a toy's problem at theta.
func problem(tb testing.TB, m *abm.Model, theta ...float64) *gradient.Problem {
	tb.Helper()
	p, err := gradient.NewProblem(abm.NewSetup(m), 1)
	if err != nil {
		tb.Fatal(err)
	}
	p.Theta = theta
	return p
}
