package firms

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// law draws numbers from 0 to 1 with two shapes.
type law struct {
	w           *abm.World
	kumaraswamy bool
	a, b        ad.Num
}

// below1 is the greatest number below 1.
var below1 = math.Nextafter(1, 0)

// draw draws from the beta law or that of Kumaraswamy. Neither reaches 1, but
// rounding does, and an agent that has no use for leisure at all would take none,
// of which the logarithm is infinite.
func (l *law) draw(p abm.Purpose) ad.Num {
	x := l.sample(p)
	if x.Primal() >= 1 {
		return x.Chain(below1, 1)
	}
	return x
}

func (l *law) sample(p abm.Purpose) ad.Num {
	if l.kumaraswamy {
		u := l.w.Uniform(p, ad.Num{}, ad.Const(1))
		return kumaraswamy(u.Primal(), l.a, l.b)
	}
	return l.w.Beta(p, l.a, l.b)
}

// kumaraswamy returns the (1−u)-quantile (1 − u^(1/b))^(1/a) of the law with its
// derivatives by the shapes.
func kumaraswamy(u float64, a, b ad.Num) ad.Num {
	v, log := 1/b.Primal(), math.Log(u)
	w := -math.Expm1(v * log)
	x := math.Pow(w, 1/a.Primal())
	if w <= 0 || w >= 1 { // an end has nowhere to move
		return ad.Const(x)
	}
	byA := -x * math.Log(w) * (1 / a.Primal()) * (1 / a.Primal())
	byB := x / (a.Primal() * w) * (1 - w) * log * v * v
	return ad.Combine(x, byA, a, byB, b)
}
