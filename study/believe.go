package study

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// Parameter is a calibrated parameter.
type Parameter struct {
	Name  string
	Unit  string
	Doc   string
	Of    string  // the model's parameter that it is, "" if it never enters the model
	Group string  // the group that it is of, "" if it is of all
	Loss  bool    // it is the loss's own
	Hyper bool    // it is learned from the groups' parameters
	Truth float64 // the value that made the data, NaN if unknown

	Setting bool       // it is a setting of the model, one of few values
	Law     *prior.Law // the prior of a discrete parameter, else nil
}

// believe builds the prior.
func (s *Study) believe(c *Calibration) error {
	var blocks []prior.Block
	for _, x := range s.spec.Calibrate {
		pieces, err := x.pieces(s.groupNames())
		if err != nil {
			return err
		}
		for _, p := range pieces {
			if err := s.calibratedAll(c, p); err != nil {
				return err
			}
			blocks = append(blocks, p.Block)
		}
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

// calibratedAll notes the parameters of a part of the prior.
func (s *Study) calibratedAll(c *Calibration, p piece) error {
	for k, name := range p.names {
		if k < p.hyper {
			c.Parameters = append(c.Parameters, Parameter{Name: name.value, Doc: "learned from the groups", Hyper: true, Truth: math.NaN()})
		} else if err := s.calibrated(c, p.belief, name, p.Marginal(k)); err != nil {
			return err
		}
	}
	return nil
}

// calibrated notes a parameter of a belief with the density of its prior.
func (s *Study) calibrated(c *Calibration, b belief, name text, d prior.Density) error {
	p := Parameter{Name: name.value, Of: name.value, Truth: math.NaN()}
	p.Law, _ = d.(*prior.Law)
	if len(c.Groups) > 0 {
		p.Of, p.Group = calibrate.OfGroup(name.value)
	}
	if p.Group != "" && !slices.Contains(s.groupNames(), p.Group) {
		return name.mistakef("%v", abm.Unknown("group", p.Group, s.groupNames()))
	}
	support := abm.Positive
	switch i := c.Setup.Model.Parameter(p.Of); {
	case c.overlaps(p):
		return name.mistakef("parameter %q has two priors", name.value)
	case i >= 0:
		m := c.Setup.Model.Parameters[i]
		p.Unit, p.Doc, support = m.Unit, m.Doc, m.Support
	case slices.Contains(c.loss.Nuisance(), name.value):
		p.Loss, p.Of, p.Doc = true, "", "parameter of the loss: "+c.loss.String()
	case slices.Contains(c.loss.Nuisance(), p.Of):
		return name.mistakef("%s belongs to the loss, which all groups share: leave out by", p.Of)
	case c.Setup.Model.Setting(p.Of) >= 0:
		m := c.Setup.Model.Settings[c.Setup.Model.Setting(p.Of)]
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
	c.Parameters = append(c.Parameters, p)
	return s.notFixed(c, p)
}

// overlaps reports whether a parameter has a prior already.
func (c *Calibration) overlaps(p Parameter) bool {
	return slices.ContainsFunc(c.Parameters, func(q Parameter) bool {
		return p.Name == q.Name || p.Of == q.Of && (p.Group == "" || q.Group == "")
	})
}

// notFixed returns an error if a calibrated parameter has a value as well, be it in
// its group or in all of them.
func (s *Study) notFixed(c *Calibration, p Parameter) error {
	if value, ok := s.given(p.Of); ok && c.everywhere(p.Of) {
		return value.mistakef("%s is calibrated, so it cannot have a fixed value as well", p.Of)
	}
	for _, g := range s.spec.Groups {
		value, ok := g.Parameters.find(p.Of)
		if p.Setting {
			value, ok = g.Settings.find(p.Of)
		}
		if ok && (p.Group == "" || p.Group == g.Name.value) {
			return value.mistakef("%s is calibrated in group %s, so it cannot have a fixed value as well", p.Of, g.Name.value)
		}
	}
	return nil
}

// hyperparameters returns the names of what is learned from the groups.
func (c *Calibration) hyperparameters() []string {
	var names []string
	for _, p := range c.Parameters {
		if p.Hyper {
			names = append(names, p.Name)
		}
	}
	return names
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
