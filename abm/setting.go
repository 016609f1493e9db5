package abm

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Setting is a plain quantity or choice that a model is configured with and
// that is never differentiated.
type Setting struct {
	Name    string
	Unit    string
	Doc     string
	Default string
	Kind    Kind
	Allowed []string // for Word: the values; for Path: words allowed besides a path
	Min     float64  // for Whole and Number: the least value, inclusive
	Max     float64  // greatest value, inclusive; 0 means no limit
}

// Kind is the type of a setting.
type Kind int

// The kinds of settings.
const (
	Whole  Kind = iota // a whole number
	Number             // a real number or a fraction, see [ParseNumber]
	Word               // one of Allowed
	Path               // one of Allowed, or the path of a file
)

// StepsSetting is the setting every model has: the number of rows T of its
// series. Row 0 is the initial state, so a run makes T−1 steps.
func StepsSetting(def int) Setting {
	return Setting{
		Name: "steps", Unit: "steps", Kind: Whole, Min: 1, Default: strconv.Itoa(def),
		Doc: "rows of the series; row 0 is the initial state",
	}
}

// Values says in a few words what the setting may be.
func (s Setting) Values() string {
	switch s.Kind {
	case Whole:
		return "whole, " + s.limits()
	case Number:
		return s.limits()
	case Path:
		return strings.Join(append(slices.Clone(s.Allowed), "a file"), ", ")
	}
	return strings.Join(s.Allowed, ", ")
}

// limits words the range of a number.
func (s Setting) limits() string {
	if s.Max != 0 {
		return fmt.Sprintf("between %g and %g", s.Min, s.Max)
	}
	return fmt.Sprintf("at least %g", s.Min)
}

// check returns an error in plain words unless value suits the setting.
func (s Setting) check(value string) error {
	switch s.Kind {
	case Whole:
		v, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%s must be a whole number, not %q", s.Name, value)
		}
		return s.inRange(float64(v))
	case Number:
		v, err := ParseNumber(value)
		if err != nil {
			return fmt.Errorf("%s %w", s.Name, err)
		}
		if math.IsInf(v, 0) {
			return fmt.Errorf("%s must be finite, not %q", s.Name, value)
		}
		return s.inRange(v)
	case Word:
		if !slices.Contains(s.Allowed, value) {
			return fmt.Errorf("%s must be one of %s, not %q%s", s.Name,
				strings.Join(s.Allowed, ", "), value, suggest(value, s.Allowed))
		}
	}
	return nil
}

func (s Setting) inRange(v float64) error {
	if v < s.Min || (s.Max != 0 && v > s.Max) {
		return fmt.Errorf("%s must be %s, is %g", s.Name, s.limits(), v)
	}
	return nil
}
