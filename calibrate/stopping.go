package calibrate

import "math"

// leastGain is the fall of the objective, in nats, that counts as a gain.
const leastGain = 0.01

// settled reports whether training may end before its last step: the objective
// on held-out draws, which are the same at every validation, has not gained
// anything over the number of validations that the options call patience. The
// steps over which the weight of the loss rises do not count. It follows from
// the trace alone, so that a restored trainer stops where the first one would.
func (t *Trainer) settled() bool {
	if t.arrived() {
		return true
	}
	if t.options.Patience <= 0 {
		return false
	}
	best, waited := math.Inf(1), 0
	for _, s := range t.state.Trace {
		switch {
		case math.IsNaN(s.Validation) || float64(s.Step) < t.options.Anneal*float64(t.options.Steps):
		case s.Validation < best-leastGain:
			best, waited = s.Validation, 0
		default:
			waited++
		}
	}
	return waited >= t.options.Patience
}

// smallGap is the distance from the posterior, in nats, at which a fit of an exact
// loss has arrived.
const smallGap = 1e-3

// arrived reports whether a fit that began near the posterior is so close to it
// that more steps would be wasted.
func (t *Trainer) arrived() bool {
	return t.placed && t.problem.exact() && t.state.Best.Params != nil && t.state.Best.Gap < smallGap
}

// farGap is the distance from the posterior, in nats, at which a fit of an exact loss
// deserves another round of training.
const farGap = 0.015

// steps is the number of steps of the fit as far as known: those of the round under
// way and of those before it.
func (t *Trainer) steps() int {
	done := max(t.state.Step-t.options.Warmup, 1)
	rounds := (done + t.options.Steps - 1) / t.options.Steps
	if t.between(done) && rounds < t.options.Rounds && t.state.Best.Gap > farGap {
		rounds++
	}
	return rounds * t.options.Steps
}

// between tells whether so many steps end a round.
func (t *Trainer) between(done int) bool { return done > 0 && done%t.options.Steps == 0 }
