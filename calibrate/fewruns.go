package calibrate

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/rng"
)

// choosing is the purpose of the draw that chooses replicates; models' own
// purposes are small numbers.
const choosing = 0xCA11B

// sampleFew differentiates replicates chosen with probability proportional to
// the size of their adjoints.
func (m *member) sampleFew(luck uint64, v *Evaluation) error {
	size := make([]float64, m.Replicates)
	for k, a := range m.adjoint {
		size[k] = floats.Norm(m.own(a), 2)
	}
	if m.whole { // differences of the loss need not vanish where its slope does
		floats.AddConst(0.1*floats.Sum(size)/float64(len(size)), size)
	}
	spacing := floats.Sum(size) / float64(m.GradientRuns)
	if !(spacing > 0) || math.IsInf(spacing, 0) {
		return nil // nothing to follow, or a loss that is not finite and drops the draw
	}
	next := spacing * m.luck(luck, 0).Uniform(rng.Key{Purpose: choosing, Agent: -1})
	sum := 0.0
	for k := range m.Replicates {
		sum += size[k]
		times := 0.0
		for ; next < sum; next += spacing {
			times++
		}
		if times == 0 {
			continue
		}
		if err := m.sampleOne(luck, k, times*spacing/size[k], v); err != nil {
			return err
		}
	}
	return nil
}

// sampleAll differentiates every replicate beside the others.
func (m *member) sampleAll(luck uint64, v *Evaluation) error {
	for k := range m.samples {
		if err := m.sampleOne(luck, k, 1, v); err != nil {
			return err
		}
	}
	return nil
}

// sampleOne adds the gradient by way of one replicate, with a weight.
func (m *member) sampleOne(luck uint64, k int, weight float64, v *Evaluation) error {
	switch {
	case m.recorded():
		m.plan(k, weight, m.tracks[k])
		return nil
	case m.tracks != nil:
		v.Runs++
		return m.followAgain(luck, k, weight)
	}
	m.current = k
	if err := m.sample(luck, k); err != nil {
		return err
	}
	x := &m.samples[k]
	v.Runs += int(math.Ceil(x.Runs))
	if m.whole {
		floats.AddScaled(m.gradient, weight, x.Jacobian)
		return nil
	}
	part := m.own(m.adjoint[k])
	floats.Scale(weight, part)
	m.grid.Pull(m.gradient, part, x.Jacobian, m.observables())
	return nil
}
