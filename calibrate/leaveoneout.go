package calibrate

// leaveOneOut is the score estimator whose baseline for each draw is the mean
// of f over the others: the sum of (f − f̄)·∂log q/∂φ over S−1 (Kool, van Hoof
// and Welling 2019). A single draw kept says nothing.
type leaveOneOut struct{}

func (leaveOneOut) differentiates() bool { return false }
func (leaveOneOut) fewest() int          { return 2 }

func (leaveOneOut) cotangents(b *batch, share float64) {
	b.clear()
	kept := b.kept()
	f, mean := b.values(kept, share)
	if len(kept) < 2 {
		return
	}
	for i, s := range kept {
		b.weigh(s, (f[i]-mean)/float64(len(kept)-1))
	}
}
