package calibrate

import (
	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/gradient"
)

// record makes a run of replicate k that can be followed back.
func (m *member) record(luck uint64, k int) (err error) {
	if m.series, err = m.adjointOf(k).Run(m.run(luck, k), m.series); err != nil {
		return m.explain(err, luck, k)
	}
	m.observe(m.runs[k], m.series)
	return nil
}

// followBack adds the gradient by way of one replicate, with a weight: its adjoint
// flows back through its run, which is made again unless it was recorded.
func (m *member) followBack(luck uint64, k int, weight float64, v *Evaluation) (err error) {
	if !m.recorded() {
		if err := m.record(luck, k); err != nil {
			return err
		}
		v.Runs++
	}
	if m.back == nil {
		m.back = make([]float64, len(m.series))
	}
	m.grid.Push(m.back, m.own(m.adjoint[k]), m.observables())
	if m.slope, err = m.adjointOf(k).Gradient(m.slope, m.back); err != nil {
		return m.explain(err, luck, k)
	}
	floats.AddScaled(m.gradient, weight, m.slope)
	return nil
}

// adjointOf returns what makes the runs of replicate k that are followed back.
func (m *member) adjointOf(k int) *gradient.Adjoint { return m.adjoints[k%len(m.adjoints)] }
