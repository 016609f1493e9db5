package calibrate

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// world is what a simulator runs at one combination of settings.
type world struct {
	key     string // of the settings
	problem *gradient.Problem
	plain   *abm.World
	sampler gradient.Sampler // nil until a gradient is asked for
}

// settle moves to the world of the settings among the parameters. A world keeps no
// trace of what was evaluated in it, so results do not depend on which of several
// simulators made which evaluations.
func (e *simulator) settle(theta []float64) error {
	key := e.Structure.key(e.names, theta)
	if key == e.key {
		return nil
	}
	if w, ok := e.worlds.get(key); ok {
		e.world = w
		return nil
	}
	setup, err := e.Structure.Setup(e.names, theta)
	if err != nil {
		return fmt.Errorf("%w; parameters %v of %v", err, theta, e.names)
	}
	return e.enter(key, setup)
}

// enter makes a world of its own for a setup.
func (e *simulator) enter(key string, setup *abm.Setup) error {
	p, err := gradient.NewProblem(setup, e.Seed, e.active...)
	if err != nil {
		return err
	}
	if len(e.active) == 0 {
		p.Active = nil // none, where NewProblem takes it for all
	}
	p.Observables, p.Rows = e.Grid.Needed()
	w := &world{key: key, problem: p, plain: abm.NewWorld(setup, nil, nil)}
	w.plain.Want(p.Observables, p.Rows)
	if gone, forgotten := e.worlds.put(key, w); forgotten {
		gone.close()
	}
	e.world = w
	return nil
}

// needSampler makes the world's sampler, unless it has one or no parameter to
// differentiate in. What the estimator learns from before its first sample is what
// it would see in a new world.
func (e *simulator) needSampler() (err error) {
	if e.sampler != nil || len(e.active) == 0 {
		return nil
	}
	copy(e.problem.Theta, e.problem.Setup.Theta())
	nuisance := slices.Clone(e.nuisance)
	clear(e.nuisance)
	e.sampler, err = e.chosenSampler()
	copy(e.nuisance, nuisance)
	return err
}

func (w *world) close() {
	if w.sampler != nil {
		w.sampler.Close()
	}
	w.plain.Close()
}

// Close implements [Evaluator].
func (e *simulator) Close() {
	for _, w := range e.worlds.items {
		w.close()
	}
}
