package calibrate

import (
	"fmt"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// world is what a member runs at one combination of settings.
type world struct {
	key     string // of the settings
	problem *gradient.Problem
	plain   *abm.World
	sampler gradient.Sampler // nil until a gradient is asked for
	tracks  []*track         // in place of the sampler where gradients flow back
}

// settle moves to the world of the settings among the parameters. A world keeps no
// trace of what was evaluated in it, so results do not depend on which of several
// simulators made which evaluations.
func (m *member) settle(theta []float64) error {
	for i, p := range m.place {
		m.theta[i] = theta[p.from]
	}
	key := m.structure.key(m.names, m.theta)
	if m.known(key) {
		return nil
	}
	setup, err := m.structure.Setup(m.names, m.theta)
	if err != nil {
		return fmt.Errorf("%w; parameters %v of %v", err, m.theta, m.names)
	}
	return m.enter(key, setup)
}

// known moves to the world of a key, if there is one.
func (m *member) known(key string) bool {
	if key == m.key {
		return true
	}
	w, ok := m.worlds.get(key)
	if ok {
		m.world = w
	}
	return ok
}

// enter makes a world of its own for a setup.
func (m *member) enter(key string, setup *abm.Setup) error {
	p, err := gradient.NewProblem(setup, m.Seed, m.active...)
	if err != nil {
		return err
	}
	if len(m.active) == 0 {
		p.Active = nil // none, where NewProblem takes it for all
	}
	p.Observables, p.Rows = m.grid.Needed()
	w := &world{key: key, problem: p, plain: abm.NewWorld(setup, nil, nil)}
	w.plain.Want(p.Observables, p.Rows)
	if gone, forgotten := m.worlds.put(key, w); forgotten {
		gone.close()
	}
	m.world = w
	return nil
}

// needSampler makes the world's sampler, unless it has one or no parameter to
// differentiate in. What the estimator learns from before its first sample is what
// it would see in a new world, with the other members at their setups.
func (m *member) needSampler() (err error) {
	if m.sampler != nil || m.tracks != nil || len(m.active) == 0 {
		return nil
	}
	if err := m.needTracks(); err != nil || m.tracks != nil {
		return err
	}
	nuisance := slices.Clone(m.nuisance)
	clear(m.nuisance)
	for _, x := range m.members {
		if x != m {
			present := x.world
			defer func() { x.world = present }()
			if base := x.structure.baseKey(x.names); !x.known(base) {
				if err := x.enter(base, x.setup); err != nil {
					return err
				}
			}
		}
		copy(x.problem.Theta, x.problem.Setup.Theta())
	}
	m.sampler, err = m.chosenSampler()
	copy(m.nuisance, nuisance)
	return err
}

// chosenSampler returns the sampler of Jacobians, or of the loss of the member's
// run beside all others if the estimator has a rule for losses.
func (m *member) chosenSampler() (gradient.Sampler, error) {
	if _, auto := m.Estimator.(gradient.Auto); auto && !slices.Equal(m.active, m.members[0].active) {
		return nil, fmt.Errorf("the estimator auto chooses once for all groups, so the same parameters must be calibrated in each")
	}
	if _, own := m.Estimator.(gradient.LossEstimator); !own {
		return m.Estimator.Sampler(m.problem)
	}
	m.whole = true
	if err := m.simulator.simulate(0); err != nil { // what the estimator learns from before its first sample
		return nil, err
	}
	return gradient.Loss{Objective: m.lossBeside, Estimator: m.Estimator}.Sampler(m.problem)
}

func (w *world) close() {
	for _, t := range w.tracks {
		t.Close()
	}
	if w.sampler != nil {
		w.sampler.Close()
	}
	w.plain.Close()
}
