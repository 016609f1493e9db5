package sensitivity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// Model is an agent-based model as a [Function]: its outputs are its observables
// in every row, output t·C+c observable c in row t. It is [Smooth] if an
// estimator is given.
type Model struct {
	problem   *gradient.Problem // at the setup's own values
	estimator gradient.Estimator
	space     Space
	place     []int // of each name: index of the parameter, −1 for a setting
	words     [][]string
	prepared  *setups
}

// NewModel returns a model to be explored over a space; what the space leaves
// out keeps the problem's values. The problem's active parameters do not matter.
// The estimator may be nil. The error names an unknown parameter or setting, or a
// word that a setting does not allow.
func NewModel(p *gradient.Problem, space Space, e gradient.Estimator) (*Model, error) {
	if err := space.Check(); err != nil {
		return nil, err
	}
	m := &Model{problem: p, estimator: e, space: space, prepared: &setups{base: p.Setup}}
	for _, f := range space {
		for k, name := range f.Names {
			i := p.Setup.Model.Parameter(name)
			switch {
			case i < 0 && p.Setup.Model.Setting(name) < 0:
				return nil, abm.Unknown("parameter or setting", name, p.Setup.Names())
			case name == "steps":
				return nil, fmt.Errorf("steps cannot vary, since runs of different lengths cannot be compared")
			}
			for _, word := range f.Words[k] {
				if err := p.Setup.Clone().Set(name, word); err != nil {
					return nil, err
				}
			}
			m.place, m.words = append(m.place, i), append(m.words, f.Words[k])
		}
	}
	return m, nil
}

// Space implements [Function].
func (m *Model) Space() Space { return m.space }

// Outputs implements [Function].
func (m *Model) Outputs() int { return m.Rows() * len(m.observables()) }

// Rows returns the number of rows T of a run.
func (m *Model) Rows() int { return m.problem.Setup.Steps() }

// observables returns the indices of the observables among the outputs.
func (m *Model) observables() []int {
	if m.problem.Observables != nil {
		return m.problem.Observables
	}
	all := make([]int, len(m.problem.Setup.Model.Observables))
	for c := range all {
		all[c] = c
	}
	return all
}

// Observables returns the names of the observables among the outputs.
func (m *Model) Observables() []string { return observableNames(m.problem, m.observables()) }

func observableNames(p *gradient.Problem, indices []int) []string {
	names := make([]string, len(indices))
	for k, c := range indices {
		names[k] = p.Setup.Model.Observables[c].Name
	}
	return names
}

// Output implements [Function].
func (m *Model) Output(k int) string {
	names := m.Observables()
	return fmt.Sprintf("%s at step %d", names[k%len(names)], k/len(names))
}

// Random implements [Function].
func (m *Model) Random() bool { return true }

// Parts returns the outputs of each observable, for [SubspaceOptions].
func (m *Model) Parts() [][]int {
	parts := make([][]int, len(m.observables()))
	for k := range m.Outputs() {
		parts[k%len(parts)] = append(parts[k%len(parts)], k)
	}
	return parts
}

// at gives the parameters of theta their values at x and returns the setup with
// the settings at x.
func (m *Model) at(theta, x []float64) (*abm.Setup, error) {
	var settings []string
	names := m.space.Names()
	for k, v := range x {
		switch i := m.place[k]; {
		case i >= 0:
			theta[i] = v
		case m.words[k] != nil:
			settings = append(settings, names[k]+"="+m.words[k][int(v)])
		default:
			settings = append(settings, names[k]+"="+strconv.FormatFloat(v, 'f', -1, 64))
		}
	}
	return m.prepared.with(settings)
}

// Worker implements [Function].
func (m *Model) Worker() (Worker, error) {
	return &modelWorker{Model: m, theta: slices.Clone(m.problem.Theta)}, nil
}

// modelWorker keeps the world of the setup it ran last.
type modelWorker struct {
	*Model
	theta  []float64
	setup  *abm.Setup
	world  *abm.World
	series []float64
}

// Evaluate implements [Worker].
func (w *modelWorker) Evaluate(y, x []float64, run uint64) error {
	setup, err := w.at(w.theta, x)
	if err != nil {
		return err
	}
	if setup != w.setup {
		w.Close()
		w.setup, w.world = setup, abm.NewWorld(setup, nil, nil)
		w.world.Want(w.problem.Observables, nil)
	}
	if err := w.world.Run(w.theta, rng.Seed{Master: w.problem.Seed, Run: run}); err != nil {
		return err
	}
	w.series = w.world.Series(w.series)
	w.choose(y, w.series)
	return nil
}

// choose copies the chosen observables of a series to y.
func (m *Model) choose(y, series []float64) {
	chosen, all := m.observables(), len(m.problem.Setup.Model.Observables)
	for k := range y {
		y[k] = series[k/len(chosen)*all+chosen[k%len(chosen)]]
	}
}

// Close implements [Worker].
func (w *modelWorker) Close() {
	if w.world != nil {
		w.world.Close()
	}
}

// setups keeps the setups that differ in their settings, so that each network is
// built once.
type setups struct {
	base  *abm.Setup
	mutex sync.Mutex
	made  map[string]*abm.Setup
}

// keptSetups bounds the setups kept, whose networks may be large.
const keptSetups = 64

// with returns the prepared setup with the given settings.
func (s *setups) with(settings []string) (*abm.Setup, error) {
	if len(settings) == 0 {
		return s.base, s.base.Prepare()
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := strings.Join(settings, "\n")
	if made, ok := s.made[key]; ok {
		return made, made.Prepare()
	}
	made := s.base.Clone()
	for _, assignment := range settings {
		if err := made.Assign(assignment); err != nil {
			return nil, err
		}
	}
	if s.made == nil || len(s.made) == keptSetups {
		s.made = map[string]*abm.Setup{}
	}
	s.made[key] = made
	return made, made.Prepare()
}
