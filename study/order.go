package study

import (
	"slices"
)

// order returns an error unless parameters that must be below others are, at
// every value that they can take.
func (s *Study) order(c *Calibration) error {
	for _, p := range c.Setup.Model.Parameters {
		if p.Below == "" || s.ordered(p.Name, p.Below) {
			continue
		}
		_, high, free := c.span(p.Name)
		low, _, otherFree := c.span(p.Below)
		if high < low || (high == low && (free || otherFree)) {
			continue
		}
		at := s.whereabouts(p.Name).or(s.whereabouts(p.Below))
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

// span returns the values that a parameter of the model can take, and whether
// it is calibrated.
func (c *Calibration) span(name string) (low, high float64, free bool) {
	if i := c.parameter(name); i >= 0 {
		low, high = c.Prior.Marginal(i).Support()
		return low, high, true
	}
	v := c.Setup.Theta()[c.Setup.Model.Parameter(name)]
	return v, v, false
}

// whereabouts returns the place where the study deals with a parameter, if it
// does.
func (s *Study) whereabouts(name string) place {
	if value, ok := s.given(name); ok {
		return value.place
	}
	for _, b := range s.spec.Calibrate {
		for _, x := range b.names() {
			if x.value == name {
				return x.place
			}
		}
	}
	return place{}
}
