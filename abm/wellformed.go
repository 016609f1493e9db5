package abm

import (
	"errors"
	"fmt"
)

// wellFormed returns an error that says what is missing in a model or does not fit.
func (m *Model) wellFormed() error {
	for _, complaint := range []string{m.missing(), m.doubled(), m.unbounded(), m.unset()} {
		if complaint != "" {
			return errors.New("model " + m.Name + ": " + complaint)
		}
	}
	return nil
}

// missing names a field that every model needs.
func (m *Model) missing() string {
	switch {
	case m.Start == nil:
		return "it has no Start, which makes row 0 and returns the step"
	case m.Setting("steps") < 0:
		return "it has no setting steps, its number of rows; add abm.StepsSetting to Settings"
	case len(m.Observables) == 0:
		return "it has no Observables, so nothing of it can be seen"
	}
	return ""
}

// doubled names what has the name of something else.
func (m *Model) doubled() string {
	seen := map[string]bool{}
	for _, name := range NewSetup(m).Names() {
		if seen[name] {
			return fmt.Sprintf("two of its parameters and settings are called %q", name)
		}
		seen[name] = true
	}
	clear(seen)
	for _, name := range m.ObservableNames() {
		if seen[name] {
			return fmt.Sprintf("two of its observables are called %q", name)
		}
		seen[name] = true
	}
	return ""
}

// unbounded names a parameter whose limits are not said.
func (m *Model) unbounded() string {
	for _, p := range m.Parameters {
		if p.Support == (Support{}) {
			return fmt.Sprintf("parameter %s has no Support; take abm.Real, abm.Positive, abm.Probability or limits of its own", p.Name)
		}
		if p.Below != "" && m.Parameter(p.Below) < 0 {
			return fmt.Sprintf("parameter %s is to be below %q, which is none of its parameters", p.Name, p.Below)
		}
	}
	return ""
}

// unset names a setting whose default is not among its values.
func (m *Model) unset() string {
	for _, x := range m.Settings {
		if err := x.check(x.Default); err != nil {
			return "the default of a setting is wrong: " + err.Error()
		}
	}
	return ""
}
