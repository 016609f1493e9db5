package calibrate

// varGrad is half the gradient of the variance of f over the draws, with the
// draws held fixed (Richter, Boustati, Nüsken, Ruiz and Akyildiz 2020). With the
// variance divided by S, as the paper's software has it, that is leaveOneOut
// times (S−1)/S: the same direction, which is all that clipping leaves of it.
type varGrad struct{}

func (varGrad) differentiates() bool { return false }
func (varGrad) fewest() int          { return 2 }

func (varGrad) cotangents(b *batch, share float64) {
	b.clear()
	kept := b.kept()
	f, mean := b.values(kept, share)
	for i, s := range kept {
		b.weigh(s, (f[i]-mean)/float64(len(kept)))
	}
}
