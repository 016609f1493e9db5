package abm

import "github.com/nudge-abm/nudge/ad"

// Draws makes gradients report, for the outcome of every draw that carries
// derivatives, its adjoint: by how much L changes with the outcome, at the rate of
// the surrogate downstream of the draw. It is the dL/dp of this very draw
// under straight-through, and predicts L(alternative) − L per unit by which the
// outcome changes. The index is that of the alternative of a categorical
// draw, else 0. Draws come in order of execution within a segment and the
// segments from last to first. Nil ends it.
func (r *Reverse) Draws(each func(at Site, index int, adjoint float64)) {
	if r.noting != nil {
		r.w.rule, r.noting = r.noting.Rule, nil
	}
	if each != nil {
		r.noting = &noting{Rule: r.w.rule, each: each}
		r.w.rule = r.noting
	}
}

// noting is a rule that gives the outcome of every draw a node of its own on the
// tape, and notes it. A nil noting does nothing.
type noting struct {
	Rule
	each  func(at Site, index int, adjoint float64)
	notes []note
	fixed int // notes that are there for good
	muted bool
}

type note struct {
	at    Site
	index int
	node  int
}

func (n *noting) Bernoulli(w *World, at Site, p ad.Num, x float64) ad.Num {
	return n.note(w, at, 0, n.Rule.Bernoulli(w, at, p, x))
}

func (n *noting) Categorical(w *World, at Site, p, onehot []ad.Num) {
	n.Rule.Categorical(w, at, p, onehot)
	for k, x := range onehot {
		onehot[k] = n.note(w, at, k, x)
	}
}

func (n *noting) Count(w *World, at Site, law Law, x float64) ad.Num {
	return n.note(w, at, 0, n.Rule.Count(w, at, law, x))
}

func (n *noting) note(w *World, at Site, index int, x ad.Num) ad.Num {
	if !x.Active() {
		return x
	}
	x = w.arena.Own(x)
	if !n.muted {
		n.notes = append(n.notes, note{at, index, w.arena.Node(x)})
	}
	return x
}

// restart forgets all notes.
func (n *noting) restart() {
	if n != nil {
		n.notes, n.fixed, n.muted = n.notes[:0], 0, false
	}
}

// fix keeps the notes taken so far for the end of the sweep.
func (n *noting) fix() {
	if n != nil {
		n.fixed = len(n.notes)
	}
}

// mute stops taking notes, or begins those of a segment.
func (n *noting) mute(on bool) {
	if n != nil {
		n.muted, n.notes = on, n.notes[:n.fixed]
	}
}

// report reports the draws of the segment whose adjoints are given, or those
// whose notes are there for good.
func (n *noting) report(adjoint []float64, bottom bool) {
	if n == nil {
		return
	}
	notes := n.notes[n.fixed:]
	if bottom {
		notes = n.notes[:n.fixed]
	}
	for _, x := range notes {
		n.each(x.at, x.index, adjoint[x.node])
	}
}
