package calibrate

// place says where a calibrated parameter goes: to the model (index among all
// its parameters and among the active ones) or to the loss. An index is −1 where it
// does not go; a setting goes nowhere.
type place struct {
	model, active, nuisance int
}

// assign places the names and returns those that are the model's.
func (e *simulator) assign(names []string) []string {
	var active []string
	for i, name := range names {
		e.place[i] = place{model: e.Setup.Model.Parameter(name), active: -1, nuisance: -1}
		for k, n := range e.Loss.Nuisance() {
			if n == name {
				e.place[i] = place{model: -1, active: -1, nuisance: k}
			}
		}
		if e.place[i].nuisance < 0 && e.Structure.find(name) == nil {
			e.place[i].active = len(active)
			active = append(active, name)
		}
	}
	return active
}

func (e *simulator) put(theta []float64) {
	for i, p := range e.place {
		switch {
		case p.nuisance >= 0:
			e.nuisance[p.nuisance] = theta[i]
		case p.model >= 0:
			e.problem.Theta[p.model] = theta[i]
		}
	}
}
