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
	name := text{b.names()[0].place, p.Of}
	kind, discrete := b.beliefKind.(discreteKind)
	switch {
	case !discrete:
		return name.mistakef("%s is a setting, in which runs have no derivative: give it the prior integer or choice", p.Name)
	case slices.Contains(clockwork, p.Of):
		return name.mistakef("%s cannot be calibrated: which rows the data are compared with depends on it", p.Name)
	}
	setting := c.Setup.Model.Settings[c.Setup.Model.Setting(p.Of)]
	given := slices.Clone(kind.texts(p.Law))
	for i, x := range given {
		if setting.Kind == abm.Path {
			given[i].value = s.scenario().path(c.Setup, pair{name, x})
		}
		if err := c.Setup.Clone().Set(p.Of, given[i].value); err != nil {
			return x.mistakef("%v", err)
		}
	}
	if c.texts == nil {
		c.texts = map[string]texts{}
	}
	c.texts[p.Name] = given
	return c.set(*p, given[mostProbable(p.Law)].value)
}

// set gives the runs that a setting enters a value.
func (c *Calibration) set(p Parameter, value string) error {
	for _, run := range c.runs() {
		if !p.enters(run) {
			continue
		}
		if err := run.Setup.Set(p.Of, value); err != nil {
			return err
		}
	}
	return nil
}

// mostProbable returns the place of the value with the greatest probability.
func mostProbable(l *prior.Law) int {
	mass := l.Probabilities()
	return slices.Index(mass, slices.Max(mass))
}

// structured returns the runs, with what the simulation needs to know of their
// discrete parameters. It is noted with the groups.
func (c *Calibration) structured() []calibrate.Group {
	runs := c.runs()
	for i, run := range runs {
		if run.Structure != nil {
			continue
		}
		if c.Simulation != nil && len(c.Groups) == 0 {
			runs[i].Structure = c.Simulation.Structure
			continue
		}
		var all []calibrate.Discrete
		for _, p := range c.Parameters {
			if p.Law == nil || !p.enters(run) {
				continue
			}
			d := calibrate.Discrete{Name: p.Of}
			if p.Setting && p.Law.Words() != nil {
				d.Texts = c.texts[p.Name].values()
			}
			all = append(all, d)
		}
		if all != nil {
			runs[i].Structure = calibrate.NewStructure(run.Setup, all...)
		}
	}
	return runs
}

// mostPrepared is the number of values of a setting that are tried before a fit; of
// more, the first and the last.
const mostPrepared = 16

// tryStructure prepares the model of each run at the values of each calibrated
// setting, the others at their most probable ones.
func (c *Calibration) tryStructure() error {
	for _, run := range c.structured() {
		names, theta := c.settings(run)
		for k := range names {
			p := c.Parameters[c.in(run.Name, names[k])]
			values, base := p.Law.Values(), theta[k]
			for i, v := range values {
				if len(values) > mostPrepared && i > 0 && i < len(values)-1 {
					continue
				}
				theta[k] = v
				if _, err := run.Structure.Setup(names, theta); err != nil {
					return c.texts[p.Name][i].mistakef("%v", err)
				}
			}
			theta[k] = base
		}
	}
	return nil
}

// settings returns the calibrated settings of a run and their most probable values
// before the data.
func (c *Calibration) settings(run calibrate.Group) (names []string, theta []float64) {
	for _, p := range c.Parameters {
		if p.Setting && p.enters(run) {
			names, theta = append(names, p.Of), append(theta, p.Law.Values()[mostProbable(p.Law)])
		}
	}
	return names, theta
}

// rooted returns the beliefs with paths among the values of choices written out, so
// that they hold in another folder.
func (c *Calibration) rooted(beliefs []belief) []belief {
	all := slices.Clone(beliefs)
	for i, b := range all {
		if x, is := b.beliefKind.(*choiceBelief); is && c.textsOf(x) != nil {
			if _, numeric := x.numbers(); !numeric {
				written := *x
				written.Values = c.textsOf(x)
				all[i] = belief{&written}
			}
		}
	}
	return all
}

// textsOf returns what a calibrated setting is given for its values, nil if the
// belief is about none.
func (c *Calibration) textsOf(x *choiceBelief) texts {
	if x.By.absent() {
		return c.texts[x.Name.value]
	}
	return c.texts[calibrate.InGroup(x.Name.value, c.Groups[0].Name)]
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
