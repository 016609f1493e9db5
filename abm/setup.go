package abm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Setup is a model with values for its parameters and settings. It is filled by
// one goroutine and then, once Prepare has succeeded, read by many.
type Setup struct {
	Model    *Model
	theta    []float64
	settings []string

	once   sync.Once
	shared any
	failed error
}

// NewSetup returns the model with its default parameters and settings.
func NewSetup(m *Model) *Setup {
	s := &Setup{Model: m}
	for _, p := range m.Parameters {
		s.theta = append(s.theta, p.Default)
	}
	for _, x := range m.Settings {
		s.settings = append(s.settings, x.Default)
	}
	return s
}

// Clone returns an independent copy that has not been prepared yet.
func (s *Setup) Clone() *Setup {
	return &Setup{Model: s.Model, theta: slices.Clone(s.theta), settings: slices.Clone(s.settings)}
}

// Set gives the named parameter or setting a value written as text. The error
// names what is wrong and the values allowed.
func (s *Setup) Set(name, value string) error {
	if i := s.Model.Parameter(name); i >= 0 {
		v, err := ParseNumber(value)
		if err != nil {
			return fmt.Errorf("%s %w", name, err)
		}
		return s.SetParameter(name, v)
	}
	i := s.Model.Setting(name)
	if i < 0 {
		return Unknown("parameter or setting", name, s.Names())
	}
	if err := s.Model.Settings[i].check(value); err != nil {
		return err
	}
	s.settings[i] = value
	return nil
}

// SetParameter gives the named parameter a value inside its support.
func (s *Setup) SetParameter(name string, v float64) error {
	i := s.Model.Parameter(name)
	if i < 0 {
		return Unknown("parameter", name, s.Model.ParameterNames())
	}
	if p := s.Model.Parameters[i]; !p.Support.Contains(v) {
		return fmt.Errorf("%s must be %s, is %g", name, p.Support, v)
	}
	s.theta[i] = v
	return nil
}

// Assign applies "name=value".
func (s *Setup) Assign(assignment string) error {
	name, value, ok := strings.Cut(assignment, "=")
	if !ok {
		return fmt.Errorf("%q is not of the form name=value", assignment)
	}
	return s.Set(strings.TrimSpace(name), strings.TrimSpace(value))
}

// Names returns the names of all parameters and settings.
func (s *Setup) Names() []string {
	names := s.Model.ParameterNames()
	for _, x := range s.Model.Settings {
		names = append(names, x.Name)
	}
	return names
}

// Theta returns a copy of the parameter values in the model's order.
func (s *Setup) Theta() []float64 { return slices.Clone(s.theta) }

// Text returns a setting's value as text. It panics for an unknown name, which
// is an error in the model.
func (s *Setup) Text(name string) string {
	i := s.Model.Setting(name)
	if i < 0 {
		panic(fmt.Sprintf("abm: model %s has no setting %q", s.Model.Name, name))
	}
	return s.settings[i]
}

// Int returns the value of a setting of kind Whole.
func (s *Setup) Int(name string) int {
	v, _ := strconv.Atoi(s.Text(name)) // checked by Set
	return v
}

// Float returns the value of a setting of kind Number.
func (s *Setup) Float(name string) float64 {
	v, _ := ParseNumber(s.Text(name)) // checked by Set
	return v
}

// Steps returns the number of rows T of a run's series.
func (s *Setup) Steps() int { return s.Int("steps") }

// Prepare checks that the model has all it needs and the values against each
// other, and builds what the runs share. It does so once; later calls return the
// same answer.
func (s *Setup) Prepare() error {
	s.once.Do(func() {
		if s.failed = s.Model.wellFormed(); s.failed == nil {
			s.failed = s.Check(s.theta)
		}
		if s.failed == nil && s.Model.Prepare != nil {
			s.shared, s.failed = s.Model.Prepare(s)
		}
	})
	return s.failed
}

// Shared returns what the model's Prepare built.
func (s *Setup) Shared() any { return s.shared }

// Check returns an error unless every parameter in theta is inside its support
// and below the parameter it must be below.
func (s *Setup) Check(theta []float64) error {
	for i, p := range s.Model.Parameters {
		if !p.Support.Contains(theta[i]) {
			return fmt.Errorf("%s must be %s, is %g", p.Name, p.Support, theta[i])
		}
		if p.Below == "" {
			continue
		}
		if j := s.Model.Parameter(p.Below); theta[i] >= theta[j] {
			return fmt.Errorf("%s must be below %s, but %g ≥ %g", p.Name, p.Below, theta[i], theta[j])
		}
	}
	return nil
}
