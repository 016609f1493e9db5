package cli

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/sensitivity"
)

// variation are the flags that say what is uncertain.
type variation struct {
	vary     []string
	groups   []string
	relative float64
}

func (v *variation) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&v.vary, "vary", nil, "`name=low:high` of a parameter or setting, or name=a,b of a setting; may be repeated")
	f.Float64Var(&v.relative, "range", 0.2, "how far the parameters of a model vary that --vary does not name, as a `share` of their values")
	f.StringArrayVar(&v.groups, "group", nil, "`name=a,b` of parameters that count as one; may be repeated")
}

// check returns what is wrong with the flags by themselves.
func (v *variation) check() error {
	if !(v.relative > 0 && v.relative <= 1) {
		return usagef("--range must be above 0 and at most 1, is %g", v.relative)
	}
	return nil
}

// around returns the space of a model without a prior: every parameter named is
// uniform around its value, as far as its support allows. A parameter at zero is
// left out.
func (v *variation) around(setup *abm.Setup, parameters []string) sensitivity.Space {
	var space sensitivity.Space
	theta := setup.Theta()
	for i, p := range setup.Model.Parameters {
		half := v.relative * math.Abs(theta[i])
		if half == 0 || !slices.Contains(parameters, p.Name) {
			continue
		}
		space = append(space, sensitivity.Uniform(p.Name, max(p.Support.Lo, theta[i]-half), min(p.Support.Hi, theta[i]+half)))
	}
	return space
}

// apply puts what --vary says into the space, in the place of the factor it is
// about, or behind the others.
func (v *variation) apply(setup *abm.Setup, space sensitivity.Space) (sensitivity.Space, error) {
	seen := map[string]bool{}
	for _, given := range v.vary {
		name, values, ok := strings.Cut(given, "=")
		if name = strings.TrimSpace(name); !ok {
			return nil, usagef("--vary: %q is not of the form name=low:high or name=a,b", given)
		}
		if seen[name] {
			return nil, usagef("--vary names %s twice", name)
		}
		seen[name] = true
		f, err := factor(setup, name, values)
		if err != nil {
			return nil, usagef("--vary %s: %w", given, err)
		}
		at := slices.IndexFunc(space, func(x sensitivity.Factor) bool { return slices.Contains(x.Names, name) })
		switch {
		case at < 0:
			space = append(space, f)
		case len(space[at].Names) > 1:
			return nil, usagef("--vary %s: the prior ties it to others: %s", given, space[at].Name)
		default:
			space[at] = f
		}
	}
	return space, nil
}

// factor reads the values that a parameter or setting takes.
func factor(setup *abm.Setup, name, values string) (f sensitivity.Factor, err error) {
	low, high, ranged := strings.Cut(values, ":")
	i := setup.Model.Setting(name)
	switch {
	case setup.Model.Parameter(name) >= 0 && !ranged:
		return f, fmt.Errorf("the range of a parameter is written low:high")
	case setup.Model.Parameter(name) < 0 && i < 0:
		return f, abm.Unknown("parameter or setting", name, setup.Names())
	case !ranged:
		return words(setup, name, strings.Split(values, ","))
	case i >= 0 && setup.Model.Settings[i].Kind != abm.Whole && setup.Model.Settings[i].Kind != abm.Number:
		return f, fmt.Errorf("%s is chosen from words, written a,b", name)
	}
	for _, end := range []string{low, high} {
		if err := setup.Clone().Set(name, end); err != nil {
			return f, err
		}
	}
	a, _ := abm.ParseNumber(low) // checked by Set
	b, _ := abm.ParseNumber(high)
	if !(a < b) {
		return f, fmt.Errorf("the range must go up, from %s to %s it does not", low, high)
	}
	if i < 0 {
		return sensitivity.Uniform(name, a, b), nil
	}
	if setup.Model.Settings[i].Kind == abm.Whole {
		return sensitivity.Integer(name, int(a), int(b)), nil
	}
	f = sensitivity.Uniform(name, a, b)
	f.Smooth = false
	return f, nil
}

// words reads the values of a setting that are given one by one.
func words(setup *abm.Setup, name string, list []string) (f sensitivity.Factor, err error) {
	for k, word := range list {
		list[k] = strings.TrimSpace(word)
		if err := setup.Clone().Set(name, list[k]); err != nil {
			return f, err
		}
	}
	if len(list) < 2 {
		return f, fmt.Errorf("a choice needs at least two values, or a range low:high")
	}
	return sensitivity.Choice(name, list...), distinct("--vary "+name, list)
}

// group makes groups of factors.
func (v *variation) group(space sensitivity.Space) (sensitivity.Space, error) {
	for _, given := range v.groups {
		name, members, ok := strings.Cut(given, "=")
		if !ok {
			return nil, usagef("--group: %q is not of the form name=a,b", given)
		}
		var err error
		if space, err = space.Grouped(strings.TrimSpace(name), strings.Split(members, ",")); err != nil {
			return nil, usagef("--group %s: %w", given, err)
		}
	}
	return space, nil
}

// inOrder returns an error if a point of the space can have a parameter that is
// not below the one it must be below. It looks at the ends of all ranges; a prior
// sees to the order itself.
func inOrder(setup *abm.Setup, theta []float64, space sensitivity.Space) error {
	low, high := slices.Clone(theta), slices.Clone(theta)
	for _, f := range space {
		if f.Dim > 1 {
			continue
		}
		if i := setup.Model.Parameter(f.Names[0]); i >= 0 {
			f.Draw(low[i:], []float64{1e-12})
			f.Draw(high[i:], []float64{1 - 1e-12})
		}
	}
	for i, p := range setup.Model.Parameters {
		j := setup.Model.Parameter(p.Below)
		if j >= 0 && high[i] >= low[j] && !tied(space, p.Name, p.Below) {
			return usagef("%s must be below %s, but varies up to %s and %s down to %s: narrow them with --vary or --range",
				p.Name, p.Below, brief(high[i]), p.Below, brief(low[j]))
		}
	}
	return nil
}

// tied reports whether one factor gives values to both.
func tied(space sensitivity.Space, a, b string) bool {
	return slices.ContainsFunc(space, func(f sensitivity.Factor) bool {
		return slices.Contains(f.Names, a) && slices.Contains(f.Names, b)
	})
}

// factorObject is a factor in JSON.
type factorObject struct {
	Name   string   `json:"name"`
	Names  []string `json:"names"`
	Varies string   `json:"varies"`
}

func factorObjects(space sensitivity.Space) []factorObject {
	var all []factorObject
	for _, f := range space {
		all = append(all, factorObject{f.Name, f.Names, f.Text})
	}
	return all
}

// counted writes a number of runs.
func counted(runs float64) string { return strconv.FormatFloat(math.Round(runs), 'f', 0, 64) }
