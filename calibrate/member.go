package calibrate

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// member is the model of one group in one goroutine; there is one without groups.
type member struct {
	*simulator
	index     int    // among the members
	name      string // of the group
	setup     *abm.Setup
	structure *Structure
	grid      Grid  // of its columns
	columns   []int // of the data, those that it makes

	*world   // that of the present settings
	worlds   recent[*world]
	names    []string // of the calibrated parameters that it has
	theta    []float64
	place    []place
	active   []string // of those in which the model is differentiated
	series   []float64
	part     []float64         // observations of its own columns
	samples  []gradient.Sample // of each replicate
	gradient []float64         // in the active parameters
}

// begin makes the world of the settings that the setup has.
func (m *member) begin() error {
	if len(m.columns) == 0 {
		return fmt.Errorf("no column observes group %s", m.name)
	}
	m.worlds.most = mostWorlds
	m.samples = make([]gradient.Sample, m.Replicates)
	m.gradient = make([]float64, len(m.active))
	return m.enter(m.structure.baseKey(m.names), m.setup)
}

// make makes a run of replicate k, with its Jacobian if all of them are wanted.
func (m *member) make(luck uint64, k int) error {
	if m.recorded() {
		m.observe(m.runs[k], m.tracks[k].series)
		return nil
	}
	if m.few() || m.whole || len(m.active) == 0 {
		return m.simulate(luck, k)
	}
	if err := m.sample(luck, k); err != nil {
		return err
	}
	m.observe(m.runs[k], m.samples[k].Series)
	return nil
}

// differentiate fills the gradient, once the adjoints are known.
func (m *member) differentiate(luck uint64, v *Evaluation) error {
	switch {
	case len(m.active) == 0:
	case m.few():
		return m.sampleFew(luck, v)
	case m.whole || m.tracks != nil:
		return m.sampleAll(luck, v)
	default:
		for k := range m.samples {
			m.grid.Pull(m.gradient, m.own(m.adjoint[k]), m.samples[k].Jacobian, m.observables())
		}
	}
	return nil
}

// simulate makes a plain run and writes its observations into those of replicate k.
func (m *member) simulate(luck uint64, k int) error {
	if err := m.plain.Run(m.problem.Theta, m.luck(luck, k)); err != nil {
		return m.explain(err, luck, k)
	}
	m.series = m.plain.Series(m.series)
	m.observe(m.runs[k], m.series)
	return nil
}

// sample makes a run with its Jacobian, or with the gradient of the loss if the
// samples are of the whole loss.
func (m *member) sample(luck uint64, k int) error {
	if err := m.sampler.Sample(m.run(luck, k), &m.samples[k]); err != nil {
		return m.explain(err, luck, k)
	}
	return nil
}

// observe writes the observations of a run into its columns of the data's.
func (m *member) observe(cells, series []float64) {
	m.part = m.grid.Observe(m.part, series, m.observables())
	part, width := m.part, len(m.Grid.Observables)
	for row := 0; row < len(cells); row += width {
		for i, c := range m.columns {
			cells[row+c] = part[i]
		}
		part = part[len(m.columns):]
	}
}

// own returns its columns of cells of the data, until it is called again.
func (m *member) own(cells []float64) []float64 {
	m.part = m.part[:0]
	for row := 0; row < len(cells); row += len(m.Grid.Observables) {
		for _, c := range m.columns {
			m.part = append(m.part, cells[row+c])
		}
	}
	return m.part
}

// lossBeside is the loss as a function of the current replicate's run alone.
func (m *member) lossBeside(series, adjoint []float64) float64 {
	actual := m.runs[m.current]
	defer func() { m.runs[m.current] = actual }()
	m.alternative = append(m.alternative[:0], actual...)
	m.observe(m.alternative, series)
	m.runs[m.current] = m.alternative
	if adjoint == nil {
		return m.Loss.Value(m.runs, nil, m.nuisance, nil)
	}
	if m.slopes == nil {
		m.slopes, m.nuisanceSlopes = matrix(m.Replicates, len(actual)), make([]float64, len(m.nuisance))
	}
	v := m.Loss.Value(m.runs, m.slopes, m.nuisance, m.nuisanceSlopes)
	m.grid.Push(adjoint, m.own(m.slopes[m.current]), m.observables())
	return v
}

// run is the index of the luck of replicate k; no two members share one.
func (m *member) run(luck uint64, k int) uint64 {
	return (luck*uint64(m.Replicates)+uint64(k))*uint64(len(m.members)) + uint64(m.index)
}

func (m *member) luck(luck uint64, k int) rng.Seed { return m.problem.Luck(m.run(luck, k)) }

func (m *member) observables() int { return len(m.setup.Model.Observables) }

func (m *member) close() {
	for _, w := range m.worlds.items {
		w.close()
	}
}
