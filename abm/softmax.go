package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// softmax fills p with the probabilities e^{z_k}/Σ_j e^{z_j} and their
// derivatives,
//
//	dp_k = p_k (dz_k − Σ_j p_j dz_j).
//
// Both are taken relative to the largest z, that of index top, which must be
// finite: so nothing overflows, and the derivative of a probability near 1 does
// not cancel.
func softmax(p, z []ad.Num, top int) {
	sum := 0.0
	for k, x := range z {
		d := x.Sub(z[top])
		p[k] = ad.Const(math.Exp(d.Primal())).Surrogate(d)
		sum += p[k].Primal()
	}
	p[top] = ad.Const(1)
	mean := ad.Num{} // of the dz; it has no value
	for _, e := range p {
		mean = ad.Combine(0, 1, mean, e.Primal()/sum, e)
	}
	for k, e := range p {
		v := e.Primal() / sum
		p[k] = ad.Combine(v, v, e, -v, mean)
	}
}

// largest returns the index of the largest number, the lowest of equals, and
// what is wrong if there is none or it is not finite. The numbers are called by
// name.
func largest(name string, x []ad.Num) (top int, wrong misuse) {
	if len(x) == 0 {
		return 0, "a choice needs at least one alternative"
	}
	for k, v := range x {
		if math.IsNaN(v.Primal()) {
			return 0, misusef("%s %d of a choice is NaN (not a number); look for 0/0 or ∞−∞ upstream", name, k)
		}
		if v.Primal() > x[top].Primal() {
			top = k
		}
	}
	if v := x[top].Primal(); math.IsInf(v, 0) {
		return 0, misusef("the largest %s of a choice must be finite, is %g", name, v)
	}
	return top, ""
}
