package calibrate

import "gonum.org/v1/gonum/floats"

// stickingTheLanding follows the draws as q moves and leaves out the derivative
// of log q in its own parameters, whose mean is zero: the gradient has no noise
// where q is the posterior (Roeder, Wu and Duvenaud 2017).
type stickingTheLanding struct{}

func (stickingTheLanding) differentiates() bool { return true }
func (stickingTheLanding) fewest() int          { return 1 }

func (stickingTheLanding) cotangents(b *batch, share float64) {
	b.clear()
	kept := b.kept()
	for _, s := range kept {
		z := b.row(b.zBar, s)
		copy(z, b.row(b.slope, s))
		floats.AddScaled(z, share, b.row(b.pull, s))
		floats.Scale(1/float64(len(kept)), z)
	}
}
