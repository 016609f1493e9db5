package calibrate

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
)

// place says where a calibrated parameter goes in a member: to the model (index
// among all its parameters and among the active ones). An index is −1 where it does
// not go; a setting goes nowhere.
type place struct {
	from          int // index among the calibrated parameters
	model, active int
}

// assign makes the members and places the names: the loss's own, those of members'
// models, and hyperparameters nowhere.
func (e *simulator) assign(names []string) error {
	e.members = e.models()
	for i, name := range names {
		own := slices.Index(e.Loss.Nuisance(), name)
		e.ofLoss = append(e.ofLoss, own)
		if own >= 0 || slices.Contains(e.Hyperparameters, name) {
			continue
		}
		parameter, in, err := e.among(name)
		if err != nil {
			return err
		}
		for _, m := range in {
			if slices.Contains(m.names, parameter) {
				return fmt.Errorf("%s has two values in group %s", parameter, m.name)
			}
			m.assign(parameter, i)
		}
	}
	return nil
}

// assign places a parameter of the member's model.
func (m *member) assign(name string, from int) {
	p := place{from: from, model: m.setup.Model.Parameter(name), active: -1}
	if m.structure.find(name) == nil {
		p.active = len(m.active)
		m.active = append(m.active, name)
	}
	m.names, m.place, m.theta = append(m.names, name), append(m.place, p), append(m.theta, 0)
}

// among returns the parameter that a name means and the members it goes to.
func (e *simulator) among(name string) (parameter string, in []*member, err error) {
	if len(e.Groups) == 0 {
		return name, e.members, nil
	}
	parameter, group := OfGroup(name)
	var groups []string
	for _, m := range e.members {
		groups = append(groups, m.name)
		if group == "" || group == m.name {
			in = append(in, m)
		}
	}
	if len(in) == 0 {
		return "", nil, fmt.Errorf("%s: %w", name, abm.Unknown("group", group, groups))
	}
	return parameter, in, nil
}

// put hands the parameters over to the loss and the present worlds.
func (e *simulator) put(theta []float64) {
	for i, own := range e.ofLoss {
		if own >= 0 {
			e.nuisance[own] = theta[i]
		}
	}
	for _, m := range e.members {
		for _, p := range m.place {
			if p.model >= 0 {
				m.problem.Theta[p.model] = theta[p.from]
			}
		}
	}
}

// take writes the gradient in the calibrated parameters.
func (e *simulator) take(grad []float64) {
	for i, own := range e.ofLoss {
		grad[i] = 0
		if own >= 0 {
			grad[i] = e.nuisanceAdjoint[own]
		}
	}
	for _, m := range e.members {
		for _, p := range m.place {
			if p.active >= 0 {
				grad[p.from] += m.gradient[p.active]
			}
		}
	}
}
