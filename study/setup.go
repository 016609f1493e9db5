package study

import (
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
)

// scenario is what a study says of its model: which it is and with what values.
type scenario struct {
	models     []*abm.Model
	from       origin
	model      text
	settings   pairs
	parameters pairs
	overrides  pairs // of settings and parameters, from the command line
}

func (s *Study) scenario() scenario {
	return scenario{s.library.Models, s.from, s.spec.Model, s.spec.Settings, s.spec.Parameters, s.overrides}
}

// setUp makes the model with the study's settings and fixed parameters.
func (s *Study) setUp(c *Calibration) (err error) {
	if c.Setup, err = s.scenario().setup(); err != nil {
		return err
	}
	c.Start, c.Step = s.spec.Data.Start.value, stepOf(c.Setup)
	return s.setUpGroups(c)
}

// stepOf returns the time between two rows of a run.
func stepOf(s *abm.Setup) float64 {
	if s.Model.Setting("dt") >= 0 {
		return s.Float("dt")
	}
	return 1
}

// setup makes the model with its values.
func (x scenario) setup() (*abm.Setup, error) {
	m, err := abm.ByName(x.models, x.model.value)
	if err != nil {
		return nil, x.model.mistakef("%v", err)
	}
	s := abm.NewSetup(m)
	settings, parameters := settingNames(m), m.ParameterNames()
	if err := x.assign(s, x.settings, "setting", settings, parameters); err != nil {
		return nil, err
	}
	if err := x.assign(s, x.parameters, "parameter", parameters, settings); err != nil {
		return nil, err
	}
	return s, x.assign(s, x.overrides, "parameter or setting", s.Names(), nil)
}

// assign gives the setup the values of what is known; others are names that
// belong to the other section.
func (x scenario) assign(s *abm.Setup, values pairs, what string, known, others []string) error {
	for _, v := range values.list {
		switch name := v.name.value; {
		case slices.Contains(known, name):
		case slices.Contains(others, name):
			return v.name.mistakef("%q is not a %s but belongs under %s", name, what, otherSection[what])
		default:
			return v.name.mistakef("%v", abm.Unknown(what, name, known))
		}
		if err := s.Set(v.name.value, x.path(s, v)); err != nil {
			return v.value.mistakef("%v", err)
		}
	}
	return nil
}

var otherSection = map[string]string{"setting": "parameters", "parameter": "settings"}

// path returns a value; a path in a study is relative to the study's folder.
func (x scenario) path(s *abm.Setup, v pair) string {
	i := s.Model.Setting(v.name.value)
	if i < 0 || s.Model.Settings[i].Kind != abm.Path || slices.Contains(s.Model.Settings[i].Allowed, v.value.value) {
		return v.value.value
	}
	if v.value.line == 0 { // from the command line
		return absolute(v.value.value)
	}
	return x.from.path(v.value.value)
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
func (s *Study) given(name string) (text, bool) { return s.scenario().given(name) }

func (x scenario) given(name string) (text, bool) {
	for _, list := range []pairs{x.overrides, x.settings, x.parameters} {
		if value, ok := list.find(name); ok {
			return value, true
		}
	}
	return text{}, false
}

// prepare builds what the runs share.
func (x scenario) prepare(s *abm.Setup) error {
	err := s.Prepare()
	if err == nil {
		return nil
	}
	for _, setting := range s.Model.Settings {
		if value, ok := x.given(setting.Name); ok && blames(err, setting, s.Text(setting.Name)) {
			return value.mistakef("%v", err)
		}
	}
	return x.model.mistakef("%v", err)
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
