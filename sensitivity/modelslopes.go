package sensitivity

import (
	"errors"
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/gradient"
)

// SlopeWorker implements [Smooth]. It returns an error if there is no estimator,
// if it cannot serve the model, or if a setting varies.
func (m *Model) SlopeWorker() (SlopeWorker, error) {
	if m.estimator == nil {
		return nil, errors.New("derivatives need an estimator")
	}
	for k, name := range m.space.Names() {
		if m.place[k] < 0 {
			return nil, fmt.Errorf("%s is a setting and has no derivative; hold it fixed or use morris or sobol", name)
		}
	}
	own := *m.problem
	own.Theta, own.Active = slices.Clone(own.Theta), m.place
	sampler, err := m.estimator.Sampler(&own)
	if err != nil {
		return nil, err
	}
	return &modelSlopes{Model: m, problem: &own, sampler: sampler}, nil
}

// modelSlopes samples Jacobians at changing points.
type modelSlopes struct {
	*Model
	problem *gradient.Problem
	sampler gradient.Sampler
	sample  gradient.Sample
}

// Slopes implements [SlopeWorker].
func (w *modelSlopes) Slopes(y, dy, x []float64, run uint64) (float64, error) {
	for k, v := range x {
		w.problem.Theta[w.place[k]] = v
	}
	if w.sample.Series == nil {
		w.sample.Series = []float64{} // asks for a run at θ
	}
	if err := w.sampler.Sample(run, &w.sample); err != nil {
		return 0, err
	}
	w.choose(y, w.sample.Series)
	chosen, all, names := w.observables(), len(w.problem.Setup.Model.Observables), len(x)
	for k := range y {
		from := (k/len(chosen)*all + chosen[k%len(chosen)]) * names
		copy(dy[k*names:(k+1)*names], w.sample.Jacobian[from:])
	}
	return w.sample.Runs, nil
}

// Close implements [SlopeWorker].
func (w *modelSlopes) Close() { w.sampler.Close() }
