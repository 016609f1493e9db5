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
}

// Purpose numbers the kinds of draws of a model; the model's Draws names them.
type Purpose uint32

// Site says where in a run a draw is made.
type Site struct {
	Purpose Purpose
	Index   int // k-th draw under one purpose, agent and step
	Agent   int // -1 for a draw of the world
	Step    int
}
