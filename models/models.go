// Package models lists the models that come with nudge; each is a package
// below.
package models

import (
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/models/firms"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/models/walk"
)

// all is in order of name.
var all = []*abm.Model{
	firms.Model,
	sir.Model,
	sugarscape.Model,
	walk.Model,
}

// All returns the models in order of name.
func All() []*abm.Model { return slices.Clone(all) }

// Names returns the names of the models in order.
func Names() []string {
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.Name
	}
	return names
}

// ByName returns the named model. The error names the known ones and, if one is
// close, asks whether it is meant.
func ByName(name string) (*abm.Model, error) {
	for _, m := range all {
		if m.Name == name {
			return m, nil
		}
	}
	return nil, abm.Unknown("model", name, Names())
}
