package study

import (
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
)

// setUp makes the model with the study's settings and fixed parameters.
func (s *Study) setUp(c *Calibration) error {
	m, err := abm.ByName(s.models, s.spec.Model.value)
	if err != nil {
		return s.spec.Model.mistakef("%v", err)
	}
	c.Setup = abm.NewSetup(m)
	settings, parameters := settingNames(m), m.ParameterNames()
	if err := s.assign(c, s.spec.Settings, "setting", settings, parameters); err != nil {
		return err
	}
	if err := s.assign(c, s.spec.Parameters, "parameter", parameters, settings); err != nil {
		return err
	}
	if err := s.assign(c, s.overrides, "parameter or setting", c.Setup.Names(), nil); err != nil {
		return err
	}
	c.Start, c.Step = s.spec.Data.Start.value, 1
	if m.Setting("dt") >= 0 {
		c.Step = c.Setup.Float("dt")
	}
	return nil
}

// assign gives the setup the values of what is known; others are names that
// belong to the other section.
func (s *Study) assign(c *Calibration, values pairs, what string, known, others []string) error {
	for _, x := range values.list {
		switch name := x.name.value; {
		case slices.Contains(known, name):
		case slices.Contains(others, name):
			return x.name.mistakef("%q is not a %s but belongs under %s", name, what, otherSection[what])
		default:
			return x.name.mistakef("%v", abm.Unknown(what, name, known))
		}
		if err := c.Setup.Set(x.name.value, s.path(c, x)); err != nil {
			return x.value.mistakef("%v", err)
		}
	}
	return nil
}

var otherSection = map[string]string{"setting": "parameters", "parameter": "settings"}

// path returns a value; a path in a study is relative to the study's folder.
func (s *Study) path(c *Calibration, x pair) string {
	i := c.Setup.Model.Setting(x.name.value)
	if i < 0 || c.Setup.Model.Settings[i].Kind != abm.Path || slices.Contains(c.Setup.Model.Settings[i].Allowed, x.value.value) {
		return x.value.value
	}
	if x.value.line == 0 { // from the command line
		return absolute(x.value.value)
	}
	return s.from.path(x.value.value)
}

func settingNames(m *abm.Model) []string {
	names := make([]string, len(m.Settings))
	for i, x := range m.Settings {
		names[i] = x.Name
	}
	return names
}

// given returns the value that the study or the command line gives a name, and
// whether one does.
func (s *Study) given(name string) (text, bool) {
	for _, list := range []pairs{s.overrides, s.spec.Settings, s.spec.Parameters} {
		if value, ok := list.find(name); ok {
			return value, true
		}
	}
	return text{}, false
}

// prepare builds what the runs share.
func (s *Study) prepare(c *Calibration) error {
	err := c.Setup.Prepare()
	if err == nil {
		return nil
	}
	for _, x := range c.Setup.Model.Settings {
		if value, ok := s.given(x.Name); ok && blames(err, x, c.Setup.Text(x.Name)) {
			return value.mistakef("%v", err)
		}
	}
	return s.spec.Model.mistakef("%v", err)
}

// blames reports whether the error of a model's Prepare is about a setting: it
// begins with the setting's name or tells of the file that the setting names.
func blames(err error, x abm.Setting, value string) bool {
	if x.Kind == abm.Path && strings.Contains(err.Error(), value) {
		return true
	}
	rest, ok := strings.CutPrefix(err.Error(), x.Name)
	return ok && strings.HasPrefix(strings.TrimLeft(rest, ":"), " ")
}
