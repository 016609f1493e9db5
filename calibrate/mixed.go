package calibrate

import (
	"fmt"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// mixed follows the draws in the coordinates in which the loss has a slope and
// weighs scores in those in which it jumps. The flow's stages make it exact: with
// q(z) = q₁(z₁)·q₂(z₂ | z₁), z₁ leading and discrete,
//
//	∂F/∂φ₂ = E[∂z₂/∂φ₂·(∇ℓ + share·(∇log q₂ − ∇log π̃))]   at fixed z₁, sticking the landing,
//	∂F/∂φ₁ = E[f·∂log q₁(z₁)/∂φ₁]   at fixed z₁, with f of all coordinates, leave-one-out.
type mixed struct{}

func (mixed) differentiates() bool { return true }
func (mixed) fewest() int          { return 2 }

func (mixed) cotangents(b *batch, share float64) {
	stickingTheLanding{}.cotangents(b, share)
	kept := b.kept()
	f, mean := b.values(kept, share)
	for i, s := range kept {
		lead := b.row(b.zBar, s)[:b.leading()]
		clear(lead)
		if len(kept) < 2 {
			continue
		}
		w := (f[i] - mean) / float64(len(kept)-1)
		b.qBar[s] = w
		floats.AddScaled(lead, -w, b.leadScore(s))
	}
}

// leading returns the number of leading coordinates.
func (b *batch) leading() int { return len(b.tape.LeadScore) / b.tape.Batch() }

// leadScore returns ∂log q₁/∂z₁ at draw s.
func (b *batch) leadScore(s int) []float64 {
	return b.tape.LeadScore[s*b.leading():][:b.leading()]
}

// holding is the share of the steps over which the leading coordinates are kept as
// they are. The others then learn what goes with each value before values are judged
// by them: a value that does worst with the others as they are at first may do best
// in the end, but once it has lost its draws it does not come back.
const holding = 0.3

// hold keeps the leading coordinates as they are in the first steps of a mixed fit.
func (t *Trainer) hold(step int) {
	if t.estimator == (mixed{}) && t.kl.leading() < t.flow.Dim() && float64(step) <= holding*float64(t.options.Steps) {
		clear(t.grad[:t.flow.LeadingParams()])
	}
}

// back carries the cotangents of a batch back through the flow, stage by stage for
// the mixed estimator.
func back(e estimator, f *flow.Flow, grad []float64, b *batch) {
	if e == (mixed{}) {
		f.BackwardApart(grad, b.tape, b.zBar, b.qBar)
		return
	}
	f.Backward(grad, b.tape, b.zBar, b.qBar)
}

// follows returns the estimator for draws whose whole objective has a slope in
// every coordinate, as the divergence has.
func follows(e estimator) estimator {
	if e == (mixed{}) {
		return stickingTheLanding{}
	}
	return e
}

// Suits returns an error if the estimator cannot serve a prior: one that follows
// the loss needs one without discrete parameters, Mixed one with some.
func (g Gradient) Suits(p *prior.Joint) error {
	jumps := p.Leading() > 0
	switch {
	case !jumps && g == Mixed:
		return fmt.Errorf("the variational gradient %s is for priors with discrete parameters, of which this has none; choose %s", Mixed, StickingTheLanding)
	case jumps && g != "" && g != Mixed && g.Differentiates():
		return fmt.Errorf("the variational gradient %s follows the loss as parameters move, but the loss jumps where a discrete parameter does; choose %s, or %s", g, Mixed, LeaveOneOut)
	}
	return nil
}
