package abm

import "github.com/nudge-abm/nudge/ad"

// Rule says what happens to derivatives at a discrete draw: it is one gradient
// estimator's side of a run. It is asked only where a probability carries
// derivatives, and it never changes the value drawn.
type Rule interface {
	// Bernoulli returns the number of value x ∈ {0, 1} that stands for a draw
	// with probability p.
	Bernoulli(w *World, at Site, p ad.Num, x float64) ad.Num

	// Categorical fills onehot, whose values are already 1 at the drawn index
	// and 0 elsewhere, with the derivatives of a draw with probabilities p.
	Categorical(w *World, at Site, p []ad.Num, onehot []ad.Num)

	// Count returns the number of value x that stands for a draw of a law of
	// counts. The law is the world's until the next draw.
	Count(w *World, at Site, law Law, x float64) ad.Num
}

// SlopeRule is a rule under which the derivatives of a draw of 0 or 1 are a multiple
// of those of its probability.
type SlopeRule interface {
	Rule
	// Slope returns the multiple for a draw with probability p that came out as x.
	Slope(p, x float64) float64
}

// PlainRule is a rule that returns every discrete draw as a passive number, so
// that discrete states stay plain.
type PlainRule interface {
	Rule
	// Plain does nothing; it marks the rule.
	Plain()
}

// EventRule is a plain rule that may do without hearing of the draws that come out
// as 0 of [World.Bernoulli] and [World.Event], which are most.
type EventRule interface {
	PlainRule
	// EventsOnly reports whether it is asked only where a draw comes out as 1.
	EventsOnly() bool
}

// Force makes the draw at the site come out as value (an index for a categorical
// draw) in the runs that follow, while every other draw keeps its luck: the
// alternative histories of the flip estimator. Unforce ends it.
func (w *World) Force(at Site, value float64) { w.forced = forced{on: true, at: at, value: value} }

// Unforce ends what Force began.
func (w *World) Unforce() { w.forced = forced{at: Site{Step: -1}} }

// Never reports whether draws of the purpose with probability p all come out as 0
// in the step, so that a model need not make them. An alternative history may force
// one of them.
func (w *World) Never(purpose Purpose, p ad.Num) bool {
	return p.IsZero() && !(w.forced.on && w.forced.at.Step == w.step && w.forced.at.Purpose.Kind() == purpose.Kind())
}

type forced struct {
	on    bool
	at    Site
	value float64
}

// outcome returns the value of a draw that luck made x, unless it is forced.
func (w *World) outcome(p Purpose, x float64) float64 {
	if w.forced.on && w.forced.at.Step == w.step && w.forced.at == w.site(p) {
		return w.forced.value
	}
	return x
}
