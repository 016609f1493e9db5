package calibrate

import (
	"strings"

	"github.com/nudge-abm/nudge/abm"
)

// Group is one of several runs of a model that are compared with data side by
// side, such as the epidemics of some regions.
type Group struct {
	Name      string     // not empty, without brackets
	Setup     *abm.Setup // prepared; its values hold for parameters not calibrated
	Structure *Structure // of discrete parameters and settings, by their names in the model; nil if there are none
}

// InGroup returns the name of a parameter in one group: transmission[north].
func InGroup(parameter, group string) string { return parameter + "[" + group + "]" }

// OfGroup takes a name apart again; the group is empty if the name has none.
func OfGroup(name string) (parameter, group string) {
	parameter, group, in := strings.Cut(name, "[")
	if !in || !strings.HasSuffix(group, "]") {
		return name, ""
	}
	return parameter, strings.TrimSuffix(group, "]")
}
