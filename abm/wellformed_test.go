package abm

import (
	"testing"

	"github.com/nudge-abm/nudge/rng"
)

// A model that lacks something says so before it runs.
func TestWellFormed(t *testing.T) {
	for want, spoil := range map[string]func(m *Model){
		"": func(*Model) {},
		"model m: it has no Start, which makes row 0 and returns the step":                                       func(m *Model) { m.Start = nil },
		"model m: it has no setting steps, its number of rows; add abm.StepsSetting to Settings":                 func(m *Model) { m.Settings = nil },
		"model m: it has no Observables, so nothing of it can be seen":                                           func(m *Model) { m.Observables = nil },
		`model m: two of its parameters and settings are called "steps"`:                                         func(m *Model) { m.Parameters[0].Name = "steps" },
		`model m: two of its observables are called "x"`:                                                         func(m *Model) { m.Observables = append(m.Observables, m.Observables[0]) },
		"model m: parameter p has no Support; take abm.Real, abm.Positive, abm.Probability or limits of its own": func(m *Model) { m.Parameters[0].Support = Support{} },
		`model m: parameter p is to be below "q", which is none of its parameters`:                               func(m *Model) { m.Parameters[0].Below = "q" },
		"model m: the default of a setting is wrong: steps must be at least 1, is 0":                             func(m *Model) { m.Settings[0].Default = "0" },
		"model m: Start must return the function that makes a step (step 0)":                                     func(m *Model) { m.Start = func(*World) func() { return nil } },
		"model m: it observes number 1, but its observables are numbered 0 to 0 (step 1)":                        func(m *Model) { m.Start = observing(1) },
		"model m: it observes number -1, but its observables are numbered 0 to 0 (step 1)":                       func(m *Model) { m.Start = observing(-1) },
	} {
		m := &Model{
			Name:        "m",
			Parameters:  []Parameter{{Name: "p", Default: 0.5, Support: Probability}},
			Settings:    []Setting{StepsSetting(3)},
			Observables: []Observable{{Name: "x"}},
			Start:       observing(0),
		}
		spoil(m)
		got := ""
		if err := tried(m); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// observing returns the Start of a model that observes its parameter.
func observing(k int) func(w *World) func() {
	return func(w *World) func() { return func() { w.Observe(k, w.Param("p")) } }
}

func tried(m *Model) error {
	s := NewSetup(m)
	if err := s.Prepare(); err != nil {
		return err
	}
	w := NewWorld(s, nil, nil)
	defer w.Close()
	return w.Run(s.Theta(), rng.Seed{})
}
