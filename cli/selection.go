package cli

import (
	"github.com/spf13/cobra"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// selection are the flags that choose derivatives.
type selection struct {
	parameters  []string
	observables []string
}

func (s *selection) register(cmd *cobra.Command, p *Program) {
	f := cmd.Flags()
	f.StringSliceVar(&s.parameters, "parameters", nil, "parameters to differentiate by, `a,b`; default all")
	f.StringSliceVar(&s.observables, "observables", nil, "observables to differentiate, `a,b`; default all")
	cmd.RegisterFlagCompletionFunc("parameters", p.completeList((*abm.Model).ParameterNames))
	cmd.RegisterFlagCompletionFunc("observables", p.completeList((*abm.Model).ObservableNames))
}

// problem returns what is to be differentiated.
func (s *selection) problem(setup *abm.Setup, seed uint64) (*gradient.Problem, error) {
	if err := distinct("--parameters", s.parameters); err != nil {
		return nil, err
	}
	p, err := gradient.NewProblem(setup, seed, s.parameters...)
	if err != nil {
		return nil, usage(err)
	}
	p.Observables, err = s.chosen(setup.Model)
	return p, err
}

// chosen returns the indices of the observables, in the order given.
func (s *selection) chosen(m *abm.Model) ([]int, error) {
	names := s.observables
	if len(names) == 0 {
		names = m.ObservableNames()
	}
	if err := distinct("--observables", names); err != nil {
		return nil, err
	}
	var indices []int
	for _, name := range names {
		i := m.Observable(name)
		if i < 0 {
			return nil, usage(abm.Unknown("observable", name, m.ObservableNames()))
		}
		indices = append(indices, i)
	}
	return indices, nil
}
