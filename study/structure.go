package study

import (
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// clockwork are the settings that the data's times depend on.
var clockwork = []string{abm.StepsSetting(1).Name, "dt"}

// structural checks the prior of a calibrated setting and gives the setup its most
// probable value, which stands where one is needed before the fit.
func (s *Study) structural(c *Calibration, b belief, p *Parameter) error {
	name := b.names()[0]
	kind, discrete := b.beliefKind.(discreteKind)
	switch {
	case !discrete:
		return name.mistakef("%s is a setting, in which runs have no derivative: give it the prior integer or choice", p.Name)
	case slices.Contains(clockwork, p.Name):
		return name.mistakef("%s cannot be calibrated: which rows the data are compared with depends on it", p.Name)
	}
	setting := c.Setup.Model.Settings[c.Setup.Model.Setting(p.Name)]
	given := slices.Clone(kind.texts(p.Law))
	for i, x := range given {
		if setting.Kind == abm.Path {
			given[i].value = s.scenario().path(c.Setup, pair{name, x})
		}
		if err := c.Setup.Clone().Set(p.Name, given[i].value); err != nil {
			return x.mistakef("%v", err)
		}
	}
	if c.texts == nil {
		c.texts = map[string]texts{}
	}
	c.texts[p.Name] = given
	return c.Setup.Set(p.Name, given[mostProbable(p.Law)].value)
}

// mostProbable returns the place of the value with the greatest probability.
func mostProbable(l *prior.Law) int {
	mass := l.Probabilities()
	return slices.Index(mass, slices.Max(mass))
}

// structure returns what the simulation needs to know of discrete parameters, nil
// if there are none.
func (c *Calibration) structure() *calibrate.Structure {
	var all []calibrate.Discrete
	for _, p := range c.Parameters {
		if p.Law == nil || p.Loss {
			continue
		}
		d := calibrate.Discrete{Name: p.Name}
		if p.Setting && p.Law.Words() != nil {
			d.Texts = c.texts[p.Name].values()
		}
		all = append(all, d)
	}
	if all == nil {
		return nil
	}
	return calibrate.NewStructure(c.Setup, all...)
}

// mostPrepared is the number of values of a setting that are tried before a fit; of
// more, the first and the last.
const mostPrepared = 16

// tryStructure prepares the model at the values of each calibrated setting, the
// others at their most probable ones.
func (c *Calibration) tryStructure() error {
	names, theta := c.settings()
	for k := range names {
		p := c.Parameters[c.parameter(names[k])]
		values, base := p.Law.Values(), theta[k]
		for i, v := range values {
			if len(values) > mostPrepared && i > 0 && i < len(values)-1 {
				continue
			}
			theta[k] = v
			if _, err := c.Simulation.Structure.Setup(names, theta); err != nil {
				return c.texts[p.Name][i].mistakef("%v", err)
			}
		}
		theta[k] = base
	}
	return nil
}

// settings returns the calibrated settings and their most probable values before
// the data.
func (c *Calibration) settings() (names []string, theta []float64) {
	for _, p := range c.Parameters {
		if p.Setting {
			names, theta = append(names, p.Name), append(theta, p.Law.Values()[mostProbable(p.Law)])
		}
	}
	return names, theta
}

// rooted returns the beliefs with paths among the values of choices written out, so
// that they hold in another folder.
func (c *Calibration) rooted(beliefs []belief) []belief {
	all := slices.Clone(beliefs)
	for i, b := range all {
		if x, is := b.beliefKind.(*choiceBelief); is && c.texts[x.Name.value] != nil {
			if _, numeric := x.numbers(); !numeric {
				written := *x
				written.Values = c.texts[x.Name.value]
				all[i] = belief{&written}
			}
		}
	}
	return all
}

// choices returns the words to choose from, which may be paths of files.
func (s *Study) choices() (all []pair) {
	for _, b := range s.normal().Calibrate {
		if x, is := b.beliefKind.(*choiceBelief); is {
			for _, v := range x.Values {
				all = append(all, pair{x.Name, v})
			}
		}
	}
	return all
}
