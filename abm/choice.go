package abm

import "github.com/nudge-abm/nudge/ad"

// Choice is the outcome of a categorical draw or decision. OneHot is lent for
// the agent's turn, like every temporary number: keep what must last longer in
// columns.
type Choice struct {
	Index  int      // the alternative chosen
	OneHot []ad.Num // 1 at Index, else 0, with the derivatives of the choice
}

// Of returns the value of the chosen alternative: values[Index] with the
// derivatives of Σ_k OneHot_k·values_k. It panics unless there is one value an
// alternative.
func (c Choice) Of(values []ad.Num) ad.Num {
	if len(values) != len(c.OneHot) {
		panic("abm: a choice needs one value for each alternative")
	}
	chosen := values[c.Index]
	sum := chosen
	for k, hot := range c.OneHot {
		sum = ad.Combine(chosen.Primal(), 1, sum, values[k].Primal(), hot)
	}
	return sum
}

// Categorical draws index k with probability p_k by inversion in the given
// order. The run fails unless every p_k is a probability and they sum to 1
// within 1e-9.
func (w *World) Categorical(purpose Purpose, p []ad.Num) Choice {
	sum := 0.0
	for _, q := range p {
		w.probability(purpose, q.Primal())
		sum += q.Primal()
	}
	if sum < 1-1e-9 || sum > 1+1e-9 {
		w.fail(w.site(purpose), "the probabilities of a choice must sum to 1, sum to %g", sum)
	}
	return w.choice(purpose, p, sum)
}

// choice draws by probabilities of the given sum.
func (w *World) choice(purpose Purpose, p []ad.Num, sum float64) Choice {
	drawn := w.outcome(purpose, float64(invert(p, w.uniform(purpose)*sum)))
	c := w.chosen(int(drawn), len(p))
	if anyActive(p) {
		w.rule.Categorical(w, w.site(purpose), p, c.OneHot)
	}
	return c
}

// chosen returns alternative k of n, without derivatives.
func (w *World) chosen(k, n int) Choice {
	c := Choice{Index: k, OneHot: w.pool.slice(n)}
	clear(c.OneHot)
	c.OneHot[k] = ad.Const(1)
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

func anyActive(x []ad.Num) bool {
	for _, v := range x {
		if v.Active() {
			return true
		}
	}
	return false
}
