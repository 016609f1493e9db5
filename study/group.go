package study

import (
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/calibrate"
)

// group is an entry of groups: a run of the model beside others, with values of
// its own.
type group struct {
	Name       text  `yaml:"name"`
	Settings   pairs `yaml:"settings,omitempty"`
	Parameters pairs `yaml:"parameters,omitempty"`
}

// groupNames returns the names of the groups.
func (s *Study) groupNames() []string {
	var names []string
	for _, g := range s.spec.Groups {
		names = append(names, g.Name.value)
	}
	return names
}

// scenarioOf is the scenario with a group's values in place of the study's.
func (s *Study) scenarioOf(g group) scenario {
	x := s.scenario()
	for _, v := range g.Settings.list {
		x.settings = x.settings.with(v)
	}
	for _, v := range g.Parameters.list {
		x.parameters = x.parameters.with(v)
	}
	return x
}

// setUpGroups makes the model of each group.
func (s *Study) setUpGroups(c *Calibration) error {
	for i, g := range s.spec.Groups {
		if err := g.check(s.groupNames()[:i]); err != nil {
			return err
		}
		setup, err := s.scenarioOf(g).setup()
		if err != nil {
			return err
		}
		c.Groups = append(c.Groups, calibrate.Group{Name: g.Name.value, Setup: setup})
	}
	return nil
}

// check returns an error unless a group has a name of its own and rows at the same
// times as the others, whose names are given.
func (g *group) check(others []string) error {
	if slices.Contains(others, g.Name.value) {
		return g.Name.mistakef("two groups are named %q", g.Name.value)
	}
	if strings.ContainsAny(g.Name.value, "[]=,") {
		return g.Name.mistakef("the name of a group must be without brackets, commas and equals signs, is %q", g.Name.value)
	}
	for _, x := range g.Settings.list {
		if name := x.name.value; name == "steps" || name == "dt" {
			return x.name.mistakef("all groups have rows at the same times: set %s under settings of the study", name)
		}
	}
	return nil
}

// groupOf returns the index of the group that a column observes, 0 without groups.
func (s *Study) groupOf(x *column) (int, error) {
	names := s.groupNames()
	switch i := slices.Index(names, x.Group.value); {
	case len(names) == 0 && !x.Group.absent():
		return 0, x.Group.mistakef("the study has no groups; they are listed under the key groups")
	case len(names) == 0:
		return 0, nil
	case x.Group.absent():
		return 0, x.Column.mistakef("say which group column %q observes with the key group: %s", x.Column.value, strings.Join(names, ", "))
	case i < 0:
		return 0, x.Group.mistakef("%v", abm.Unknown("group", x.Group.value, names))
	default:
		return i, nil
	}
}

// observeGroups notes which group each column observes.
func (s *Study) observeGroups(c *Calibration) error {
	for k := range s.spec.Data.Columns {
		x := &s.spec.Data.Columns[k]
		g, err := s.groupOf(x)
		if err != nil {
			return err
		}
		if len(c.Groups) > 0 {
			c.grid.Groups = append(c.grid.Groups, g)
			c.Data.Columns[k].Group = c.Groups[g].Name
		}
	}
	for g, x := range s.spec.Groups {
		if !slices.Contains(c.grid.Groups, g) {
			return x.Name.mistakef("no column of the data observes group %q: give one the key group with this value", x.Name.value)
		}
	}
	return nil
}

// prepare builds what the runs share, of each group.
func (s *Study) prepare(c *Calibration) error {
	if len(c.Groups) == 0 {
		return s.scenario().prepare(c.Setup)
	}
	for i, g := range c.Groups {
		if err := s.scenarioOf(s.spec.Groups[i]).prepare(g.Setup); err != nil {
			return err
		}
	}
	return nil
}

// groupsAsRun are the groups with the values that they ran with.
func (s *Study) groupsAsRun(c *Calibration) []group {
	var all []group
	for i, g := range s.spec.Groups {
		setup, as := c.Groups[i].Setup, group{Name: g.Name}
		for _, v := range g.Settings.list {
			as.Settings = as.Settings.with(pair{v.name, text{value: setup.Text(v.name.value)}})
		}
		for _, v := range g.Parameters.list {
			as.Parameters = as.Parameters.with(pair{v.name, text{value: format(setup.Theta()[setup.Model.Parameter(v.name.value)])}})
		}
		all = append(all, as)
	}
	return all
}

// runs returns the models that the data observe: those of the groups, or one
// without a name.
func (c *Calibration) runs() []calibrate.Group {
	if len(c.Groups) > 0 {
		return c.Groups
	}
	return []calibrate.Group{{Setup: c.Setup}}
}

// runOf returns the model that a column of the data observes.
func (c *Calibration) runOf(column int) calibrate.Group {
	if len(c.Groups) == 0 {
		return c.runs()[0]
	}
	return c.Groups[c.grid.Groups[column]]
}

// in returns the index of the calibrated parameter that a parameter of the model
// takes its value from in a group, or -1.
func (c *Calibration) in(group, parameter string) int {
	return slices.IndexFunc(c.Parameters, func(p Parameter) bool {
		return p.Of == parameter && p.enters(calibrate.Group{Name: group})
	})
}

// everywhere reports whether a parameter of the model is calibrated in all runs.
func (c *Calibration) everywhere(parameter string) bool {
	return !slices.ContainsFunc(c.runs(), func(g calibrate.Group) bool { return c.in(g.Name, parameter) < 0 })
}
