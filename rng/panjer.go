package rng

// panjer is a law on 0, …, last whose probabilities obey Panjer's recursion
//
//	P(k)/P(k−1) = a + b/k.
//
// Both ways to invert its cumulative distribution return the least k with
// P(X ≤ k) ≥ u, for v = 1−u; in the upper half they compare tails, P(X > k) ≤ v,
// which keep their digits where P(X ≤ k) is all nines.
type panjer struct {
	a, b float64
	last int
}

// place is a point k of a law with P(X = k), P(X ≤ k) and P(X > k).
type place struct {
	k                int
	at, below, above float64
}

func (l panjer) ratio(k int) float64 { return l.a + l.b/float64(k) }

// climb inverts by summing from zero, where the law has probability zero.
func (l panjer) climb(zero, u, v float64) int {
	const rare = 1e-6 // tail that a sum from below resolves to ten digits
	k, at, below := 0, zero, zero
	for below < min(u, 1-rare) && k < l.last {
		k++
		at *= l.ratio(k)
		below += at
	}
	if v >= rare {
		return k
	}
	for at > 1e-18*v && k < l.last {
		k++
		at *= l.ratio(k)
	}
	for above := 0.0; k > 0 && above+at <= v; k-- {
		above += at
		at /= l.ratio(k)
	}
	return k
}

// walk inverts by stepping from p, which is best close to the result.
func (l panjer) walk(p place, u, v float64) int {
	if u <= v {
		return l.walkBelow(p, u)
	}
	return l.walkAbove(p, v)
}

func (l panjer) walkBelow(p place, u float64) int {
	for p.below < u && p.k < l.last {
		p.k++
		p.at *= l.ratio(p.k)
		p.below += p.at
	}
	for p.k > 0 && p.below-p.at >= u {
		p.below -= p.at
		p.at /= l.ratio(p.k)
		p.k--
	}
	return p.k
}

func (l panjer) walkAbove(p place, v float64) int {
	for p.above > v && p.k < l.last {
		p.k++
		p.at *= l.ratio(p.k)
		p.above -= p.at
	}
	for p.k > 0 && p.above+p.at <= v {
		p.above += p.at
		p.at /= l.ratio(p.k)
		p.k--
	}
	return p.k
}
