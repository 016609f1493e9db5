package calibrate

import (
	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

// batch is a number of draws of the flow with what is known of each.
type batch struct {
	tape     *flow.Tape
	logPrior []float64 // log π̃(z)
	pull     []float64 // S × D: score − ∇log π̃, the derivative of the divergence at fixed q
	loss     []float64 // weighted loss; NaN drops the draw
	slope    []float64 // S × D: its gradient in z
	zBar     []float64 // S × D cotangents on z handed to the flow
	qBar     []float64 // S cotangents on log q
}

func newBatch(f *flow.Flow, draws int) *batch {
	n := draws * f.Dim()
	return &batch{
		tape: f.NewTape(draws), logPrior: make([]float64, draws), pull: make([]float64, n),
		loss: make([]float64, draws), slope: make([]float64, n),
		zBar: make([]float64, n), qBar: make([]float64, draws),
	}
}

// row returns what belongs to draw s of a matrix with a row a draw.
func (b *batch) row(matrix []float64, s int) []float64 {
	d := len(b.pull) / len(b.loss)
	return matrix[s*d : (s+1)*d]
}

// kept returns the draws whose loss is finite.
func (b *batch) kept() []int {
	var kept []int
	for s, l := range b.loss {
		if finite(l) {
			kept = append(kept, s)
		}
	}
	return kept
}

// clear sets all cotangents to zero.
func (b *batch) clear() {
	clear(b.zBar)
	clear(b.qBar)
}

// values returns f = ℓ + share·(log q − log π̃) at the draws kept, and its mean.
func (b *batch) values(kept []int, share float64) (f []float64, mean float64) {
	f = make([]float64, len(kept))
	for i, s := range kept {
		f[i] = b.loss[s] + share*(b.tape.LogQ[s]-b.logPrior[s])
	}
	return f, floats.Sum(f) / float64(len(f))
}

// weigh sets the cotangents of draw s so that the flow's backward pass gives
// w·∂log q/∂φ at fixed z: a cotangent on log q, less what moving z does to it.
func (b *batch) weigh(s int, w float64) {
	b.qBar[s] = w
	floats.AddScaled(b.row(b.zBar, s), -w, b.row(b.tape.Score, s))
}

// expel lets the draws that are not kept push q away from where they are. With P
// the share of q where the loss is finite, −log P is what is lost to the rest,
// KL(q there ‖ q), and its gradient the mean of ∂log q/∂φ over the others, by P.
func (b *batch) expel() {
	kept := b.kept()
	for s, l := range b.loss {
		if !finite(l) && len(kept) > 0 && finite(b.tape.LogQ[s]) && finite(b.row(b.tape.Score, s)...) {
			b.weigh(s, 1/float64(len(kept)))
		}
	}
}

// finite reports whether all numbers are.
func finite(x ...float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
