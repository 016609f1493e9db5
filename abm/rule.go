package abm

import (
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

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
	// counts.
	Count(w *World, at Site, law Law, x float64) ad.Num
}

// PlainRule is a rule that returns every discrete draw as a passive number, so
// that discrete states stay plain.
type PlainRule interface {
	Rule
	// Plain does nothing; it marks the rule.
	Plain()
}

// Force makes the draw at the site come out as value (an index for a categorical
// draw) in the runs that follow, while every other draw keeps its luck: the
// alternative histories of the flip estimator. Unforce ends it.
func (w *World) Force(at Site, value float64) { w.forced = forced{on: true, at: at, value: value} }

// Unforce ends what Force began.
func (w *World) Unforce() { w.forced = forced{at: Site{Step: -1}} }

type forced struct {
	on    bool
	at    Site
	value float64
}

// outcome returns the value of a draw that luck made x, unless it is forced.
func (w *World) outcome(p Purpose, k int, x float64) float64 {
	if w.forced.on && w.forced.at.Step == w.step && w.forced.at == w.site(p, k) {
		return w.forced.value
	}
	return x
}

// Luck returns the uniform number behind the draw at the site.
func (w *World) Luck(at Site) float64 {
	return w.seed.Uniform(rng.Key{Purpose: uint32(at.Purpose), Index: uint32(at.Index), Agent: at.Agent, Step: at.Step})
}

// LuckStream returns private luck for an estimator's own use at the site, apart
// from all luck of the run.
func (w *World) LuckStream(at Site) rng.Stream {
	return w.seed.Stream(rng.Key{Purpose: uint32(at.Purpose) | ownLuck, Index: uint32(at.Index), Agent: at.Agent, Step: at.Step})
}

// ownLuck sets estimators' purposes apart from models'.
const ownLuck = 1 << 31

// Purpose numbers the kinds of draws of a model; the model's Draws names them.
type Purpose uint32

// Site says where in a run a draw is made.
type Site struct {
	Purpose Purpose
	Index   int // k-th draw under one purpose, agent and step
	Agent   int // -1 for a draw of the world
	Step    int
}
