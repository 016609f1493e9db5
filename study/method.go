package study

import (
	"fmt"
	"slices"
)

// Method is how the posterior is found.
type Method string

// The methods.
const (
	Variational Method = "variational" // a normalising flow is fitted
	NUTS        Method = "nuts"        // Markov chains that follow the gradient
	Metropolis  Method = "metropolis"  // Markov chains of random steps
	SMCABC      Method = "smc-abc"     // particles near the data, without likelihood or gradient
)

// Methods lists every method.
func Methods() []Method { return []Method{Variational, NUTS, Metropolis, SMCABC} }

// UnmarshalText sets the method by its name.
func (m *Method) UnmarshalText(text []byte) error {
	if !slices.Contains(Methods(), Method(text)) {
		return fmt.Errorf("method must be one of %v, not %q", Methods(), text)
	}
	*m = Method(text)
	return nil
}

// method is the word for one.
type method = choice[Method, *Method]

// SetMethod replaces the method.
func (s *Study) SetMethod(name string) error {
	at := place{in: newSource("--method "+name, nil)}
	m := method{text: text{at, name}}
	if err := m.value.UnmarshalText([]byte(name)); err != nil {
		return at.mistakef("%v", err)
	}
	return s.change(func(next *Study) { next.method = &m })
}

// Method returns how the posterior is found.
func (s *Study) Method() Method {
	if m := s.spec.Method.value; m != "" {
		return m
	}
	return Variational
}
