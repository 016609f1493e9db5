package abm

import "github.com/nudge-abm/nudge/ad"

// Choice is the outcome of a categorical draw or decision.
type Choice struct {
	Index  int      // the alternative chosen
	OneHot []ad.Num // 1 at Index, else 0, with the derivatives of the choice
}

// Of returns the value of the chosen alternative: Σ OneHot_k·values_k.
func (c Choice) Of(values []ad.Num) ad.Num {
	sum := ad.Num{}
	for k, v := range values {
		sum = sum.Add(c.OneHot[k].Mul(v))
	}
	return sum
}

// Categorical draws index k with probability p_k by inversion in the given
// order. The run fails unless every p_k is a probability and they sum to 1
// within 1e-9.
func (w *World) Categorical(purpose Purpose, p []ad.Num) Choice {
	sum, active := 0.0, false
	for _, q := range p {
		w.probability(purpose, 0, q.Primal())
		sum += q.Primal()
		active = active || q.Active()
	}
	if sum < 1-1e-9 || sum > 1+1e-9 {
		w.fail(w.site(purpose, 0), "the probabilities of a choice must sum to 1, sum to %g", sum)
	}
	drawn := invert(p, w.uniform(purpose, 0)*sum)
	c := Choice{Index: int(w.outcome(purpose, 0, float64(drawn))), OneHot: make([]ad.Num, len(p))}
	c.OneHot[c.Index] = ad.Const(1)
	if active {
		w.rule.Categorical(w, w.site(purpose, 0), p, c.OneHot)
	}
	return c
}

// invert returns the first index whose cumulated probability exceeds u; never
// one of probability 0.
func invert(p []ad.Num, u float64) int {
	last := 0
	for k, q := range p {
		if q.Primal() == 0 {
			continue
		}
		last = k
		if u -= q.Primal(); u < 0 {
			break
		}
	}
	return last
}
