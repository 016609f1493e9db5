package gradient

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/nudge-abm/nudge/abm"
)

// Option is what an estimator is tuned with: a number or, if Allowed is given,
// one of a few words, whose value is its index.
type Option struct {
	Name    string
	Doc     string
	Default float64
	Min     float64 // least number; exclusive if Open
	Open    bool
	Whole   bool // a whole number
	Allowed []string
	Usual   string // what the default is, if it is no number
}

// parse returns the values of all options of k. The error names an unknown
// option, or a value out of range, with what is allowed.
func (k kind) parse(given map[string]string) (map[string]float64, error) {
	values := k.defaults()
	var known []string
	for _, o := range k.options {
		known = append(known, o.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		i := slices.Index(known, name)
		if i < 0 {
			if len(known) == 0 {
				return nil, fmt.Errorf("estimator %s has no options, so not %q", k.name, name)
			}
			return nil, abm.Unknown("option of "+k.name, name, known)
		}
		v, err := k.options[i].parse(given[name])
		if err != nil {
			return nil, fmt.Errorf("option %s of %s %w", name, k.name, err)
		}
		values[name] = v
	}
	return values, nil
}

// defaults returns the values of all options not given.
func (k kind) defaults() map[string]float64 {
	values := map[string]float64{}
	for _, o := range k.options {
		values[o.Name] = o.Default
	}
	return values
}

// parse reads a value of the option.
func (o Option) parse(text string) (float64, error) {
	if o.Allowed != nil {
		i := slices.Index(o.Allowed, text)
		if i < 0 {
			return 0, fmt.Errorf("must be one of %s, not %q", strings.Join(o.Allowed, ", "), text)
		}
		return float64(i), nil
	}
	if o.Usual != "" && text == o.Usual {
		return o.Default, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsNaN(v) || math.IsInf(v, 0):
		return 0, fmt.Errorf("must be a number, not %q", text)
	case o.Whole && v != math.Trunc(v):
		return 0, fmt.Errorf("must be a whole number, is %g", v)
	case o.Open && v <= o.Min:
		return 0, fmt.Errorf("must be greater than %g, is %g", o.Min, v)
	case v < o.Min:
		return 0, fmt.Errorf("must be at least %g, is %g", o.Min, v)
	}
	return v, nil
}

// Text writes a value of the option.
func (o Option) Text(v float64) string {
	if o.Allowed != nil {
		return o.Allowed[int(v)]
	}
	if o.Usual != "" && v == o.Default {
		return o.Usual
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
