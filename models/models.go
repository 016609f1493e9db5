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
