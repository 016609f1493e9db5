package calibrate

import (
	"context"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// track is a run that can be followed back.
type track struct {
	*gradient.Adjoint
	series, adjoint, slope []float64
	weight                 float64 // in the gradient; 0 if it is not followed back
}

// recordBytes is what the runs of an evaluation may be recorded in altogether.
const recordBytes = 256 << 20

// needTracks makes the world's tracks if the estimator has them: one a replicate
// that is made before its adjoint is known.
func (m *member) needTracks() error {
	if _, own := m.Estimator.(gradient.LossEstimator); own {
		return nil
	}
	for {
		a, err := gradient.NewAdjoint(m.problem, m.Estimator, recordBytes/m.made())
		if err != nil || a == nil {
			return err
		}
		m.tracks = append(m.tracks, &track{Adjoint: a})
		if len(m.tracks) == m.Replicates || m.few() && !a.Cheap() {
			return nil
		}
	}
}

// recorded reports whether all replicates are made on tracks of their own.
func (m *member) recorded() bool { return m.Replicates == len(m.tracks) }

// record makes a run of replicate k on a track.
func (m *member) record(luck uint64, k int, t *track) (err error) {
	if t.series, err = t.Run(m.run(luck, k), t.series); err != nil {
		return m.explain(err, luck, k)
	}
	t.weight = 0
	return nil
}

// recordAll makes the runs of all replicates that have tracks of their own.
func (e *simulator) recordAll(luck uint64) error {
	for _, m := range e.members {
		if !m.recorded() {
			continue
		}
		if err := e.share(m.Replicates, func(k int) error { return m.record(luck, k, m.tracks[k]) }); err != nil {
			return err
		}
	}
	return nil
}

// plan has the run of replicate k, which is on the track, followed back from the
// adjoint of its observations, with a weight.
func (m *member) plan(k int, weight float64, t *track) {
	t.weight = weight
	t.adjoint = append(t.adjoint[:0], t.series...) // for its length
	m.grid.Push(t.adjoint, m.own(m.adjoint[k]), m.observables())
}

// follow follows back what was planned on a track.
func (m *member) follow(luck uint64, k int, t *track) (err error) {
	if t.weight == 0 {
		return nil
	}
	if t.slope, err = t.Gradient(t.slope, t.adjoint); err != nil {
		return m.explain(err, luck, k)
	}
	return nil
}

// followAll adds the gradient by way of all replicates planned.
func (m *member) followAll(luck uint64) error {
	if !m.recorded() {
		return nil
	}
	if err := m.share(len(m.tracks), func(k int) error { return m.follow(luck, k, m.tracks[k]) }); err != nil {
		return err
	}
	for _, t := range m.tracks {
		if t.weight != 0 {
			floats.AddScaled(m.gradient, t.weight, t.slope)
		}
	}
	return nil
}

// followAgain makes the run of replicate k once more, to follow it back, and adds
// its part of the gradient.
func (m *member) followAgain(luck uint64, k int, weight float64) error {
	t := m.tracks[0]
	if err := m.record(luck, k, t); err != nil {
		return err
	}
	m.plan(k, weight, t)
	if err := m.follow(luck, k, t); err != nil {
		return err
	}
	floats.AddScaled(m.gradient, weight, t.slope)
	return nil
}

// share does n pieces of work in as many goroutines as the simulator may use.
func (e *simulator) share(n int, do func(k int) error) error {
	return abm.Ordered(context.Background(), e.goroutines, n,
		func(_, k int) (struct{}, error) { return struct{}{}, do(k) },
		func(int, struct{}) error { return nil })
}

// Spread implements [Spreader].
func (e *simulator) Spread(goroutines int) { e.goroutines = goroutines }
