package abm

import (
	"fmt"
	"math"
)

// Model describes an agent-based model. Name, Parameters, Settings,
// Observables and Start are required.
type Model struct {
	Name        string
	Doc         string   // what it simulates, in one line
	Equations   []string // how it does, for people, a line each
	Sources     []string // where it is from
	Parameters  []Parameter
	Settings    []Setting
	Observables []Observable
	Draws       []string // names of the purposes of draws, by number, for messages

	// Prepare builds what all runs of a setup share and only read: networks,
	// landscapes. It returns an error in plain words for settings it cannot
	// serve.
	Prepare func(s *Setup) (shared any, err error)

	// Start makes the initial state of one run, observes it as row 0 and returns
	// the function that makes one step. It is called once per run.
	Start func(w *World) (step func())

	// Local returns the discrete form of the same model for one run, or nil if the
	// setup has none. It may be nil itself. See [Local].
	Local func(w *World) *Local

	// Derived are quantities calculated from the parameters for reports.
	Derived []Derived
}

// Parameter is a named real number the model depends on.
type Parameter struct {
	Name    string
	Unit    string
	Doc     string
	Default float64
	Support Support
	Below   string // name of a parameter that must be greater, or ""
}

// Observable is a named series over the rows of a run.
type Observable struct {
	Name string
	Unit string
	Doc  string
}

// Derived is a quantity calculated from the parameters, such as R0.
type Derived struct {
	Name string
	Unit string
	Doc  string
	Of   func(param func(name string) float64) float64
}

// Support is the closed interval of values a parameter may take.
type Support struct{ Lo, Hi float64 }

// The common supports.
var (
	Real        = Support{math.Inf(-1), math.Inf(1)}
	Positive    = Support{0, math.Inf(1)}
	Probability = Support{0, 1}
)

// Contains reports whether v lies in the support. NaN does not.
func (s Support) Contains(v float64) bool { return v >= s.Lo && v <= s.Hi }

// String names the support.
func (s Support) String() string {
	switch s {
	case Real:
		return "any real number"
	case Positive:
		return "zero or positive"
	}
	return fmt.Sprintf("between %g and %g", s.Lo, s.Hi)
}

// Parameter returns the index of the named parameter, or -1.
func (m *Model) Parameter(name string) int {
	for i, p := range m.Parameters {
		if p.Name == name {
			return i
		}
	}
	return -1
}

// Observable returns the index of the named observable, or -1.
func (m *Model) Observable(name string) int {
	for i, o := range m.Observables {
		if o.Name == name {
			return i
		}
	}
	return -1
}

// Setting returns the index of the named setting, or -1.
func (m *Model) Setting(name string) int {
	for i, s := range m.Settings {
		if s.Name == name {
			return i
		}
	}
	return -1
}

// ParameterNames returns the names in order.
func (m *Model) ParameterNames() []string {
	names := make([]string, len(m.Parameters))
	for i, p := range m.Parameters {
		names[i] = p.Name
	}
	return names
}

// ObservableNames returns the names in order.
func (m *Model) ObservableNames() []string {
	names := make([]string, len(m.Observables))
	for i, o := range m.Observables {
		names[i] = o.Name
	}
	return names
}
