package policy

import (
	"fmt"
	"regexp"

	"github.com/nudge-abm/nudge/abm"
)

// Linear is a constant and multiples of model parameters.
type Linear struct {
	Constant float64
	Terms    []Term
}

// Term is a multiple of a parameter.
type Term struct {
	Parameter int // index among the model's
	Factor    float64
}

// summand is a signed number, parameter or product of a number and a parameter.
var summand = regexp.MustCompile(`^\s*([+-]?)\s*(?:([0-9.]+(?:e[+-]?[0-9]+)?(?:/[0-9]+)?)(?:\s*\*\s*([A-Za-z_]\w*))?|([A-Za-z_]\w*))\s*`)

// ParseLinear reads a sum such as "1 - distancing_factor" or "2*a + b - 1/2". The
// error names what is not a number or a parameter of the model.
func ParseLinear(m *abm.Model, text string) (Linear, error) {
	var l Linear
	for rest := text; rest != ""; {
		part := summand.FindStringSubmatch(rest)
		if part == nil || part[1] == "" && rest != text {
			return l, fmt.Errorf("%q is not a sum of numbers, parameters and products number*parameter", text)
		}
		if err := l.add(m, part[1] == "-", part[2], part[3]+part[4]); err != nil {
			return l, err
		}
		rest = rest[len(part[0]):]
	}
	return l, nil
}

// add adds number·name; either may be empty.
func (l *Linear) add(m *abm.Model, minus bool, number, name string) error {
	factor := 1.0
	if number != "" {
		var err error
		if factor, err = abm.ParseNumber(number); err != nil {
			return err
		}
	}
	if minus {
		factor = -factor
	}
	if name == "" {
		l.Constant += factor
		return nil
	}
	i := m.Parameter(name)
	if i < 0 {
		return abm.Unknown("parameter", name, m.ParameterNames())
	}
	l.Terms = append(l.Terms, Term{i, factor})
	return nil
}

// at returns the value at all the model's parameters.
func (l Linear) at(theta []float64) float64 {
	v := l.Constant
	for _, t := range l.Terms {
		v += t.Factor * theta[t.Parameter]
	}
	return v
}
