package calibrate

import "gonum.org/v1/gonum/floats"

// pathwise follows the draws as q moves, with the total derivative of log q
// (Kingma and Welling 2014).
type pathwise struct{}

func (pathwise) differentiates() bool { return true }
func (pathwise) fewest() int          { return 1 }

func (pathwise) cotangents(b *batch, share float64) {
	b.clear()
	kept := b.kept()
	for _, s := range kept {
		z := b.row(b.zBar, s)
		copy(z, b.row(b.slope, s))
		floats.AddScaled(z, share, b.row(b.pull, s))
		floats.AddScaled(z, -share, b.row(b.tape.Score, s)) // what remains is −share·∇log π̃
		floats.Scale(1/float64(len(kept)), z)
		b.qBar[s] = share / float64(len(kept))
	}
}
