package flow

import (
	"fmt"
	"slices"
)

// State is everything that defines a Flow, for checkpoints.
type State struct {
	Dim          int       `json:"dim"`
	Options      Options   `json:"options"`
	Permutations [][]int   `json:"permutations,omitempty"` // of the LU layers, in sampling order
	Params       []float64 `json:"params"`
}

// State returns a copy of the flow's state.
func (f *Flow) State() State {
	s := State{Dim: f.dim, Options: f.options, Params: slices.Clone(f.params)}
	for _, p := range f.permutations {
		s.Permutations = append(s.Permutations, slices.Clone(p))
	}
	return s
}

// FromState rebuilds the flow that State described, bit for bit. It returns an
// error if s does not describe a flow.
func FromState(s State) (*Flow, error) {
	if err := s.Options.Check(s.Dim); err != nil {
		return nil, err
	}
	o := s.Options.withDefaults()
	sizes := o.sizes(s.Dim)
	if len(s.Permutations) != len(sizes) {
		return nil, fmt.Errorf("flow: state has %d permutations, want %d", len(s.Permutations), len(sizes))
	}
	var permutations [][]int
	for i, p := range s.Permutations {
		sorted := slices.Sorted(slices.Values(p))
		if !slices.Equal(sorted, identity(sizes[i])) {
			return nil, fmt.Errorf("flow: state's permutation %d is %v, not one of 0..%d", i, p, sizes[i]-1)
		}
		permutations = append(permutations, slices.Clone(p))
	}
	f := assemble(s.Dim, o, permutations)
	if len(s.Params) != len(f.params) {
		return nil, fmt.Errorf("flow: state has %d parameters, want %d", len(s.Params), len(f.params))
	}
	copy(f.params, s.Params)
	return f, nil
}
