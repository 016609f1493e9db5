package abm

import "github.com/nudge-abm/nudge/ad"

// ArgMax chooses the alternative of the highest score, the lowest index among
// equals. The value is hard; the derivatives are those of the softmax
//
//	p_k = e^{s_k/temperature} / Σ_j e^{s_j/temperature},
//
// whose temperature has the unit of the scores: a small one notices only close
// rivals. A score of −∞ excludes an alternative. The run fails unless the
// temperature is positive, no score is NaN and the highest is finite.
func (w *World) ArgMax(scores []ad.Num, temperature float64) Choice {
	top := highest(scores, temperature)
	return w.argMax(scores, temperature, top)
}

// ArgMaxRandomTies is [World.ArgMax] with one of equally high scores drawn, each
// as likely as the other.
func (w *World) ArgMaxRandomTies(purpose Purpose, scores []ad.Num, temperature float64) Choice {
	top := highest(scores, temperature)
	score, ties := scores[top].Primal(), 0
	for _, s := range scores {
		if s.Primal() == score {
			ties++
		}
	}
	skip := int(w.uniform(purpose) * float64(ties)) // of them, 0 … ties−1
	for k := top; ; k++ {
		if scores[k].Primal() != score {
			continue
		}
		if skip == 0 {
			return w.argMax(scores, temperature, k)
		}
		skip--
	}
}

// highest returns the lowest index of the highest score.
func highest(scores []ad.Num, temperature float64) int {
	if !(temperature > 0) {
		panic(misusef("the temperature of an ArgMax must be positive, is %g", temperature))
	}
	top, wrong := largest("score", scores)
	if wrong != "" {
		panic(wrong)
	}
	return top
}

// argMax is the choice of alternative top with the derivatives of the softmax.
func (w *World) argMax(scores []ad.Num, temperature float64, top int) Choice {
	c := w.chosen(top, len(scores))
	if !anyActive(scores) {
		return c
	}
	z, p := w.pool.slice(len(scores)), w.pool.slice(len(scores))
	for k, s := range scores {
		z[k] = s.Times(1 / temperature)
	}
	softmax(p, z, top)
	for k := range c.OneHot {
		c.OneHot[k] = c.OneHot[k].Surrogate(p[k])
	}
	return c
}
