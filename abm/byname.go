package abm

// Names returns the names of the models in order.
func Names(models []*Model) []string {
	names := make([]string, len(models))
	for i, m := range models {
		names[i] = m.Name
	}
	return names
}

// ByName returns the model of that name. The error names the known ones and, if
// one is close, asks whether it is meant.
func ByName(models []*Model, name string) (*Model, error) {
	for _, m := range models {
		if m.Name == name {
			return m, nil
		}
	}
	return nil, Unknown("model", name, Names(models))
}
