package study

import (
	"slices"

	"github.com/nudge-abm/nudge/calibrate"
)

// order returns an error unless parameters that must be below others are, at
// every value that they can take, in every run.
func (s *Study) order(c *Calibration) error {
	for _, g := range c.runs() {
		if err := s.orderIn(c, g); err != nil {
			return err
		}
	}
	return nil
}

func (s *Study) orderIn(c *Calibration, g calibrate.Group) error {
	for _, p := range g.Setup.Model.Parameters {
		if p.Below == "" || s.ordered(p.Name, p.Below) || s.ordered(calibrate.InGroup(p.Name, g.Name), calibrate.InGroup(p.Below, g.Name)) {
			continue
		}
		_, high, free := c.span(g, p.Name)
		low, _, otherFree := c.span(g, p.Below)
		if high < low || (high == low && (free || otherFree)) {
			continue
		}
		at := s.whereabouts(p.Name, g.Name).or(s.whereabouts(p.Below, g.Name))
		if free || otherFree {
			return at.mistakef("%s must be below %s, but it may be as high as %g and %s as low as %g: calibrate both with an ordered-pair prior, or narrow them",
				p.Name, p.Below, high, p.Below, low)
		}
		return at.mistakef("%s must be below %s, but %g ≥ %g", p.Name, p.Below, high, low)
	}
	return nil
}

// ordered reports whether the two are calibrated as an ordered pair.
func (s *Study) ordered(lesser, greater string) bool {
	return slices.ContainsFunc(s.spec.Calibrate, func(b belief) bool {
		_, pair := b.beliefKind.(*orderedPairBelief)
		return pair && slices.Equal(b.names().values(), []string{lesser, greater})
	})
}

// span returns the values that a parameter of the model can take in a run, and
// whether it is calibrated.
func (c *Calibration) span(g calibrate.Group, name string) (low, high float64, free bool) {
	if i := c.in(g.Name, name); i >= 0 {
		low, high = c.Prior.Marginal(i).Support()
		return low, high, true
	}
	v := g.Setup.Theta()[g.Setup.Model.Parameter(name)]
	return v, v, false
}

// whereabouts returns the place where the study deals with a parameter of a group,
// if it does.
func (s *Study) whereabouts(name, group string) place {
	for _, g := range s.spec.Groups {
		if value, ok := g.Parameters.find(name); ok && g.Name.value == group {
			return value.place
		}
	}
	if value, ok := s.given(name); ok {
		return value.place
	}
	for _, b := range s.spec.Calibrate {
		for _, x := range b.names() {
			if x.value == name || x.value == calibrate.InGroup(name, group) {
				return x.place
			}
		}
	}
	return place{}
}
