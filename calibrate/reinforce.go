package calibrate

// reinforce is the score estimator without a baseline: the mean of f·∂log q/∂φ
// with f = ℓ + log q − log π̃ (Williams 1992).
type reinforce struct{}

func (reinforce) differentiates() bool { return false }
func (reinforce) fewest() int          { return 1 }

func (reinforce) cotangents(b *batch, share float64) {
	b.clear()
	kept := b.kept()
	f, _ := b.values(kept, share)
	for i, s := range kept {
		b.weigh(s, f[i]/float64(len(kept)))
	}
}
