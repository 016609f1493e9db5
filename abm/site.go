package abm

import "github.com/nudge-abm/nudge/rng"

// Purpose numbers the kinds of draws of a model; the model's Draws names them.
// Each kind is drawn once in an agent's turn; further draws of the kind are told
// apart by an index: purpose.At(1), purpose.At(2), …
type Purpose uint64

// indexShift is where the index of a draw begins, above its kind.
const indexShift = 32

// At returns draw k of the purpose's kind, 0 ≤ k < 2³². At(0) is the draw made
// without an index.
func (p Purpose) At(k int) Purpose { return Purpose(uint32(p)) | Purpose(k)<<indexShift }

// Kind returns the number of the kind of draw, its place in the model's Draws.
func (p Purpose) Kind() int { return int(uint32(p)) }

// Index returns the k of [Purpose.At].
func (p Purpose) Index() int { return int(p >> indexShift) }

// Site says where in a run a draw is made. Each site has luck of its own.
type Site struct {
	Purpose Purpose
	Agent   int // -1 for a draw of the world
	Step    int
}

func (at Site) key() rng.Key {
	return rng.Key{Purpose: uint32(at.Purpose), Index: uint32(at.Purpose >> indexShift), Agent: at.Agent, Step: at.Step}
}

// site returns where the world is, for a draw of the purpose.
func (w *World) site(p Purpose) Site {
	return Site{Purpose: p, Agent: w.agent, Step: w.step}
}
