package flow

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Mixture is a weighted sum of flows in the same dimension.
type Mixture struct {
	Parts   []*Flow
	Weights []float64 // positive, summing to one
}

// NewMixture returns the mixture of parts in proportion to e^logWeights. It
// panics unless there is a weight for each, at least one, all of one dimension.
func NewMixture(parts []*Flow, logWeights []float64) *Mixture {
	if len(parts) == 0 || len(logWeights) != len(parts) {
		panic(fmt.Sprintf("flow: %d weights for a mixture of %d", len(logWeights), len(parts)))
	}
	m := &Mixture{Parts: parts}
	total := floats.LogSumExp(logWeights)
	for k, w := range logWeights {
		if parts[k].dim != parts[0].dim {
			panic(fmt.Sprintf("flow: a mixture of %d and %d dimensions", parts[0].dim, parts[k].dim))
		}
		m.Weights = append(m.Weights, math.Exp(w-total))
	}
	return m
}

// Single returns the mixture of one.
func Single(f *Flow) *Mixture { return &Mixture{[]*Flow{f}, []float64{1}} }

// Dim is the dimension of z.
func (m *Mixture) Dim() int { return m.Parts[0].dim }

// Draw returns n independent draws, by rows, with their log q. uniform and
// normal give uniform numbers on [0, 1), which a single part leaves alone, and
// standard-normal numbers.
func (m *Mixture) Draw(n int, uniform, normal func() float64) (z, logQ []float64) {
	if len(m.Parts) == 1 {
		t := m.Parts[0].draw(n, normal)
		return t.Z, t.LogQ
	}
	made := make([][]int, len(m.Parts))
	for s := range n {
		k := m.choose(uniform())
		made[k] = append(made[k], s)
	}
	z = make([]float64, n*m.Dim())
	for k, f := range m.Parts {
		if len(made[k]) == 0 {
			continue
		}
		t := f.draw(len(made[k]), normal)
		for i, s := range made[k] {
			copy(row(z, s, f.dim), row(t.Z, i, f.dim))
		}
	}
	return z, m.LogDensity(z)
}

// draw samples n draws on a new tape.
func (f *Flow) draw(n int, normal func() float64) *Tape {
	t := f.NewTape(n)
	for i := range t.Eps {
		t.Eps[i] = normal()
	}
	f.Sample(t, t.Eps)
	return t
}

// choose returns the part that u in [0, 1) falls to.
func (m *Mixture) choose(u float64) int {
	for k, w := range m.Weights {
		if u -= w; u < 0 {
			return k
		}
	}
	return len(m.Weights) - 1
}

// LogDensity returns log q at points z by rows.
func (m *Mixture) LogDensity(z []float64) []float64 {
	each := m.LogDensities(z)
	logQ := make([]float64, len(each))
	for s, logs := range each {
		for k, w := range m.Weights {
			logs[k] += math.Log(w)
		}
		logQ[s] = floats.LogSumExp(logs)
	}
	return logQ
}

// LogDensities returns the log-densities of all parts at points z by rows.
func (m *Mixture) LogDensities(z []float64) [][]float64 {
	each := make([][]float64, len(z)/m.Dim())
	for s := range each {
		each[s] = make([]float64, len(m.Parts))
	}
	for k, f := range m.Parts {
		t := f.NewTape(len(each))
		f.Density(t, z)
		for s, l := range t.LogQ {
			each[s][k] = l
		}
	}
	return each
}

// MixtureState is everything that defines a Mixture.
type MixtureState struct {
	Weights []float64 `json:"weights"`
	Parts   []State   `json:"parts"`
}

// State returns a copy of the mixture's state.
func (m *Mixture) State() MixtureState {
	s := MixtureState{Weights: append([]float64(nil), m.Weights...)}
	for _, f := range m.Parts {
		s.Parts = append(s.Parts, f.State())
	}
	return s
}

// MixtureFromState rebuilds the mixture that State described. It returns an
// error if s does not describe one.
func MixtureFromState(s MixtureState) (*Mixture, error) {
	if len(s.Parts) == 0 || len(s.Weights) != len(s.Parts) {
		return nil, fmt.Errorf("flow: state has %d weights for a mixture of %d", len(s.Weights), len(s.Parts))
	}
	m := &Mixture{Weights: append([]float64(nil), s.Weights...)}
	for k, part := range s.Parts {
		f, err := FromState(part)
		if err != nil {
			return nil, err
		}
		if f.dim != s.Parts[0].Dim || !(s.Weights[k] > 0) {
			return nil, fmt.Errorf("flow: part %d of the state has %d dimensions and weight %g", k, f.dim, s.Weights[k])
		}
		m.Parts = append(m.Parts, f)
	}
	return m, nil
}
