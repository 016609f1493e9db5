package loss

import (
	"fmt"
	"math"
)

// nuisance is the one parameter a pointwise loss may have of its own: fixed, or
// calibrated under a name. The zero value is none.
type nuisance struct {
	name  string // empty unless it is calibrated
	fixed float64
}

// newNuisance interprets the options of a nuisance parameter: zero calibrates
// it, under its usual name unless another is given.
func newNuisance(usual string, fixed float64, name string) (nuisance, error) {
	switch {
	case !(fixed >= 0) || math.IsInf(fixed, 1):
		return nuisance{}, fmt.Errorf("%s must be positive, or zero to be calibrated, is %v", usual, fixed)
	case fixed > 0:
		return nuisance{fixed: fixed}, nil
	case name == "":
		return nuisance{name: usual}, nil
	}
	return nuisance{name: name}, nil
}

// Nuisance implements [Loss].
func (n nuisance) Nuisance() []string {
	if n.name == "" {
		return nil
	}
	return []string{n.name}
}

func (n nuisance) String() string {
	if n.name != "" {
		return "calibrated"
	}
	return fmt.Sprint(n.fixed)
}

// value returns the parameter's value, given those handed to Value.
func (n nuisance) value(given []float64) float64 {
	if n.name == "" {
		return n.fixed
	}
	return given[0]
}
