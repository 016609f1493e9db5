package firms

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// offer is a firm as the agent whose turn it is sees it.
type offer struct {
	firm int // its slot, startUp for one of the agent's own

	others float64 // effort of its other members, as the agent takes it to be
	heads  float64 // number that share the output
	a, b   float64 // scale and returns
	effort float64 // the best
	made   float64 // the output that is shared
	log    float64 // of utility

	drawnA, drawnB ad.Num // scale and returns of a start-up
}

// startUp stands for a firm that does not exist yet.
const startUp = -1

// at returns the offer of firm f.
func (r *run) at(f int) offer {
	o := offer{firm: f, a: r.scales.Values()[f], b: r.returns.Values()[f], heads: r.size.Values()[f]}
	if r.stale {
		o.others = r.before.Values()[f] - r.effort.Values()[r.i]
		return o
	}
	o.others = r.total.Values()[f]
	if f != r.own {
		o.heads++
	} else if o.heads > 1 {
		o.others = max(0, o.others-r.effort.Values()[r.i])
	} else {
		o.others = 0
	}
	return o
}

// alone returns the offer of a start-up.
func (r *run) alone(a, b ad.Num) offer {
	return offer{firm: startUp, heads: 1, a: a.Primal(), b: b.Primal(), drawnA: a, drawnB: b}
}

// try finds the best effort and the output.
func (r *run) try(o *offer) {
	o.effort = BestEffort(r.theta, o.others, o.a, o.b)
	total := o.others + o.effort
	if r.stale {
		total = o.others + r.effort.Values()[r.i]
	}
	o.made = output(o.a, o.b, total)
}

// weigh finds the utility.
func (r *run) weigh(o *offer) { o.log = logUtility(r.theta, o.made/o.heads, 1-o.effort) }

// hopeless reports whether an offer that was tried is certainly worse than the
// one weighed, by the tangent plane of the utility, which is concave, at the
// latter. A margin covers rounding.
func (r *run) hopeless(o, than *offer) bool {
	leisure := 1 - than.effort
	income := o.made * than.heads / (o.heads * than.made)
	return r.theta*leisure*income+(1-r.theta)*(1-o.effort) < leisure*(1-1e-9)
}

// ceiling is no less than the log utility of any start-up of the agent.
func (r *run) ceiling(i int) float64 {
	if r.stale {
		return math.Inf(1)
	}
	return r.ceilings[i]
}

// parts are the numbers that an offer is made of, with their derivatives.
type parts struct{ theta, a, b, others, seen, heads ad.Num }

// parts returns those of an offer. Where the agent is a member, its own part in
// the firm does not move what others do.
func (r *run) parts(o *offer) parts {
	p := parts{theta: r.preference.At(r.i), a: o.drawnA, b: o.drawnB, heads: ad.Const(o.heads)}
	if o.firm == startUp {
		if r.stale {
			p.seen = r.effort.At(r.i)
		}
		return p
	}
	p.a, p.b = r.scales.At(o.firm), r.returns.At(o.firm)
	heads := r.size.At(o.firm)
	if o.firm == r.own {
		heads = heads.Sub(r.stays.At(r.i))
	}
	p.heads = p.heads.Surrogate(heads)
	if r.stale {
		p.seen = r.before.At(o.firm)
		p.others = p.seen.Sub(r.effort.At(r.i))
		return p
	}
	others := r.total.At(o.firm)
	if o.firm == r.own {
		others = others.Sub(r.stays.Product(r.i, r.effort.At(r.i)))
	}
	p.others = ad.Const(o.others).Surrogate(others)
	return p
}

// score returns the log utility with its derivatives. At the best effort that
// itself does not matter, unless utility is judged by another.
func (r *run) score(o *offer, p *parts) ad.Num {
	theta, seen := r.theta, p.others
	total := o.others + o.effort
	if r.stale {
		seen, total = p.seen, o.others+r.effort.Values()[r.i]
	}
	income := theta / o.made
	x := ad.Combine(o.log, math.Log(o.made/o.heads)-math.Log(1-o.effort), p.theta, -theta/o.heads, p.heads)
	x = ad.Combine(o.log, 1, x, income*(o.a+2*o.b*total), seen)
	x = ad.Combine(o.log, 1, x, income*total, p.a)
	x = ad.Combine(o.log, 1, x, income*total*total, p.b)
	if r.stale {
		e := bestEffort(p.theta, p.others, p.a, p.b, o.effort)
		x = ad.Combine(o.log, 1, x, (theta-1)/(1-o.effort), e)
	}
	return x
}
