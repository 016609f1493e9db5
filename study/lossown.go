package study

import (
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/loss"
)

// own is a loss that the program adds to the built-in ones.
type own struct {
	lossKeys
	Name    text  `yaml:"name"`
	Options pairs `yaml:"options,omitempty"`
}

func (c *own) loss(on comparison) (loss.Loss, error) {
	var names []string
	for _, k := range on.known {
		if k.Name != c.Name.value {
			names = append(names, k.Name)
			continue
		}
		options, err := c.options(k)
		if err != nil {
			return nil, err
		}
		return c.explain(k.New(on.data, options))
	}
	if len(names) == 0 {
		return nil, c.Name.mistakef("this program has no losses of its own, so none of the name %q", c.Name.value)
	}
	return nil, c.Name.mistakef("%v", abm.Unknown("loss of the program's own", c.Name.value, names))
}

// options returns the values of all options of a kind.
func (c *own) options(k loss.Kind) (map[string]float64, error) {
	var known []string
	values := map[string]float64{}
	for _, o := range k.Options {
		known = append(known, o.Name)
		values[o.Name] = o.Default
	}
	for _, x := range c.Options.list {
		if !slices.Contains(known, x.name.value) {
			return nil, x.name.mistakef("%v", abm.Unknown("option of "+k.Name, x.name.value, known))
		}
		v, err := abm.ParseNumber(x.value.value)
		if err != nil {
			return nil, x.value.mistakef("%s %v", x.name.value, err)
		}
		values[x.name.value] = v
	}
	return values, nil
}
