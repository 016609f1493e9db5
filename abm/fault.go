package abm

import (
	"fmt"
	"math"
)

// Fault is a rule broken during a run, with a sentence that says what to change.
type Fault struct {
	Model string
	Text  string
	Site  Site
}

// Error gives the sentence with the draw, agent and step it happened at.
func (f *Fault) Error() string {
	return fmt.Sprintf("model %s: %s", f.Model, f.Text)
}

func (w *World) fail(at Site, format string, args ...any) {
	panic(&Fault{Model: w.setup.Model.Name, Site: at, Text: fmt.Sprintf(format, args...) + " (" + w.where(at) + ")"})
}

// where words a site for messages.
func (w *World) where(at Site) string {
	text := fmt.Sprintf("draw %q, ", w.drawName(at.Purpose))
	if k := at.Purpose.Index(); k > 0 {
		text += fmt.Sprintf("index %d, ", k)
	}
	return text + turn(at)
}

func (w *World) drawName(p Purpose) string {
	if kind := p.Kind(); kind < len(w.setup.Model.Draws) {
		return w.setup.Model.Draws[kind]
	}
	return fmt.Sprintf("purpose %d", p.Kind())
}

// turn words whose turn and which step it is.
func turn(at Site) string {
	if at.Agent < 0 {
		return fmt.Sprintf("step %d", at.Step)
	}
	return fmt.Sprintf("agent %d, step %d", at.Agent, at.Step)
}

// probability fails unless v is a probability.
func (w *World) probability(p Purpose, v float64) {
	if v >= 0 && v <= 1 {
		return
	}
	text := "a probability must lie between 0 and 1, is %g; bound the rate or use Event, which takes any rate ≥ 0"
	if math.IsNaN(v) {
		text = "a probability is %g (not a number); look for 0/0 or ∞−∞ upstream"
	}
	w.fail(w.site(p), text, v)
}

// positive fails unless what, of value v, is positive and finite.
func (w *World) positive(p Purpose, what string, v float64) {
	if !(v > 0) || math.IsInf(v, 1) {
		w.fail(w.site(p), "%s must be positive and finite, is %g", what, v)
	}
}

// misuse is the fault of a decision, which does not know its world.
type misuse string

func misusef(format string, args ...any) misuse { return misuse(fmt.Sprintf(format, args...)) }

// Error gives the sentence.
func (m misuse) Error() string { return "abm: " + string(m) }

// broken returns the fault that ended a run, nil for none; it passes on any
// other panic.
func (w *World) broken(recovered any) error {
	switch f := recovered.(type) {
	case nil:
		return nil
	case *Fault:
		return f
	case misuse:
		at := w.site(0)
		return &Fault{Model: w.setup.Model.Name, Site: at, Text: string(f) + " (" + turn(at) + ")"}
	}
	panic(recovered)
}
