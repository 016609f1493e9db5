package study

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// Parameter is a calibrated parameter.
type Parameter struct {
	Name  string
	Unit  string
	Doc   string
	Loss  bool    // it is the loss's own and never enters the model
	Truth float64 // the value that made the data, NaN if unknown

	Setting bool       // it is a setting of the model, one of few values
	Law     *prior.Law // the prior of a discrete parameter, else nil
}

// believe builds the prior.
func (s *Study) believe(c *Calibration) error {
	var blocks []prior.Block
	for _, x := range s.spec.Calibrate {
		block, err := x.block()
		if err != nil {
			return err
		}
		for k, name := range x.names() {
			if err := s.calibrated(c, x, name, block.Marginal(k)); err != nil {
				return err
			}
		}
		blocks = append(blocks, block)
	}
	for _, name := range c.loss.Nuisance() {
		if c.parameter(name) < 0 {
			kind := s.spec.Loss.shared().Kind
			return kind.mistakef("the %s loss needs a value of %q: give it a prior under calibrate, or fix it here", kind.value, name)
		}
	}
	var err error
	c.Prior, err = prior.NewJoint(blocks...)
	return err
}

// calibrated notes a parameter of a belief with the density of its prior.
func (s *Study) calibrated(c *Calibration, b belief, name text, d prior.Density) error {
	p := Parameter{Name: name.value, Truth: math.NaN()}
	p.Law, _ = d.(*prior.Law)
	support := abm.Positive
	switch i := c.Setup.Model.Parameter(name.value); {
	case c.parameter(name.value) >= 0:
		return name.mistakef("parameter %q has two priors", name.value)
	case i >= 0:
		m := c.Setup.Model.Parameters[i]
		p.Unit, p.Doc, support = m.Unit, m.Doc, m.Support
	case slices.Contains(c.loss.Nuisance(), name.value):
		p.Loss, p.Doc = true, "parameter of the loss: "+c.loss.String()
	case c.Setup.Model.Setting(p.Name) >= 0:
		m := c.Setup.Model.Settings[c.Setup.Model.Setting(p.Name)]
		p.Setting, p.Unit, p.Doc, support = true, m.Unit, m.Doc, abm.Real
		if err := s.structural(c, b, &p); err != nil {
			return err
		}
	default:
		return name.mistakef("%v", abm.Unknown("parameter of model or loss", name.value, append(c.Setup.Model.ParameterNames(), c.loss.Nuisance()...)))
	}
	if p.Law != nil && p.Law.Words() != nil && !p.Setting {
		return name.mistakef("%s is a number, so the values to choose from must be numbers", p.Name)
	}
	if low, high := d.Support(); !support.Contains(low) || !support.Contains(high) {
		return name.mistakef("the prior of %s goes from %g to %g, but %s must be %s", p.Name, low, high, p.Name, support)
	}
	if value, ok := s.given(p.Name); ok {
		return value.mistakef("%s is calibrated, so it cannot have a fixed value as well", p.Name)
	}
	c.Parameters = append(c.Parameters, p)
	return nil
}

// parameter returns the index of a calibrated parameter, or -1.
func (c *Calibration) parameter(name string) int {
	return slices.IndexFunc(c.Parameters, func(p Parameter) bool { return p.Name == name })
}

// know reads the values that made the data.
func (s *Study) know(c *Calibration) error {
	for _, x := range s.spec.Truth.list {
		i := c.parameter(x.name.value)
		if i < 0 {
			return x.name.mistakef("%v", abm.Unknown("calibrated parameter", x.name.value, c.Prior.Names()))
		}
		v, err := c.Parameters[i].Parse(x.value.value)
		if err != nil {
			return x.value.mistakef("%s %v", x.name.value, err)
		}
		if l := c.Parameters[i].Law; l != nil && !slices.Contains(l.Values(), v) {
			return x.value.mistakef("%s has no value %s under its prior %v", x.name.value, x.value.value, l)
		}
		if low, high := c.Prior.Marginal(i).Support(); !(v >= low && v <= high) {
			return x.value.mistakef("the prior of %s goes from %g to %g, so its true value cannot be %g", x.name.value, low, high, v)
		}
		c.Parameters[i].Truth = v
	}
	return nil
}
