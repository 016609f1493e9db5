package network

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/ad"
)

// Sum is, for every agent i, Σ_j w_ij·x_j over i's neighbours j: the pressure
// that a column x exerts through a network.
type Sum struct {
	g     *Network
	x     *ad.Column
	total ad.Num // on a complete network

	// On a sparse network without weights, while all x are whole numbers up to
	// largest, the sums are counts. Whole numbers add up exactly in any order, so
	// only changes since the last Update need be passed on.
	counting bool
	largest  float64 // the counts of larger numbers might not fit
	counts   []int32
	counted  []int32 // the x that the counts are made of

	values []float64 // otherwise
}

// NewSum returns the sums of x, which must have an entry an agent. They are
// current after Update.
func NewSum(g *Network, x *ad.Column) *Sum {
	if x.Len() != g.n {
		panic("network: a column of another length than the network")
	}
	s := &Sum{g: g, x: x}
	if !g.complete && g.weight == nil {
		s.counting = true
		s.largest = math.MaxInt32 / max(1, slices.Max(g.degree))
		s.counts, s.counted = make([]int32, g.n), make([]int32, g.n)
	}
	return s
}

// Update brings the sums up to date with x. On a complete network it counts, in
// O(N); else it visits the contacts of the agents whose x changed, or, if x or
// the weights are not whole numbers, of those whose x is not zero. Numbers that
// At returned before stay what they were.
func (s *Sum) Update() {
	switch {
	case s.g.complete:
		s.total = s.x.Sum()
	case !s.counting || !s.passChanges():
		s.recompute()
	}
}

// passChanges passes changes of x on to the counts. It reports false, for good,
// when some x is not a whole number or is too large.
func (s *Sum) passChanges() bool {
	for j, v := range s.x.Values() {
		k := int32(v)
		if float64(k) != v {
			s.counting = false
			return false
		}
		if d := k - s.counted[j]; d != 0 {
			if math.Abs(v) > s.largest {
				s.counting = false
				return false
			}
			s.counted[j] = k
			for _, i := range s.g.adjacent[s.g.first[j]:s.g.first[j+1]] {
				s.counts[i] += d
			}
		}
	}
	return true
}

func (s *Sum) recompute() {
	if s.values == nil {
		s.values = make([]float64, s.g.n)
	}
	clear(s.values)
	for j, v := range s.x.Values() {
		if v == 0 {
			continue
		}
		adjacent, weight := s.g.Neighbours(j)
		for k, i := range adjacent {
			if weight == nil {
				s.values[i] += v
			} else {
				s.values[i] += weight[k] * v
			}
		}
	}
}

// Value returns the plain sum of agent i.
func (s *Sum) Value(i int) float64 {
	switch {
	case s.counting:
		return float64(s.counts[i])
	case s.g.complete:
		return s.total.Primal() - s.x.Values()[i]
	}
	return s.values[i]
}

// At returns the sum of agent i with its derivatives, which are gathered only
// when asked for: x must still be as it was at Update.
func (s *Sum) At(i int) ad.Num { return s.Scaled(i, 1) }

// Scaled returns scale times the sum of agent i.
func (s *Sum) Scaled(i int, scale float64) ad.Num {
	if s.g.complete {
		return s.x.Rest(i, s.total, scale)
	}
	v := scale * s.Value(i)
	if !s.x.Active() {
		return ad.Const(v)
	}
	adjacent, weight := s.g.Neighbours(i)
	return s.x.Gather(v, scale, adjacent, weight)
}
