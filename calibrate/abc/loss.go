package abc

import "github.com/nudge-abm/nudge/calibrate"

// LossOf returns a model whose distance from the data is the loss of a target,
// with fresh luck at each try.
func LossOf(t calibrate.Target) calibrate.Model { return lossModel{t} }

type lossModel struct{ calibrate.Target }

// Generator implements [calibrate.Model].
func (m lossModel) Generator(names []string) (calibrate.Generator, error) {
	e, err := m.Evaluator(names)
	return lossGenerator{e}, err
}

type lossGenerator struct{ calibrate.Evaluator }

// Generate implements [calibrate.Generator]: the data are the loss.
func (g lossGenerator) Generate(theta []float64, luck uint64) ([]float64, int, error) {
	v, err := g.Evaluate(theta, luck, nil)
	return []float64{v.Loss}, v.Runs, err
}
