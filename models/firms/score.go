package firms

import "github.com/nudge-abm/nudge/ad"

// parts are the numbers that an offer is made of, with their derivatives.
type parts struct {
	theta, a, b ad.Num
	others      ad.Num // effort of the other members
	seen        ad.Num // effort that makes the output, but for the agent's best
	heads       ad.Num
}

// parts returns those of an offer. Where the agent is a member, its own part in
// the firm does not move what others do.
func (r *run) parts(o *offer, theta ad.Num) parts {
	p := parts{theta: theta, a: r.scale, b: r.returns, heads: ad.Const(o.heads)}
	if o.firm == startUp {
		if r.stale {
			p.seen = r.effort.At(r.i)
		}
		return p
	}
	p.a, p.b = r.table.At(of(o.firm, scale)), r.table.At(of(o.firm, returns))
	heads, others := r.table.At(of(o.firm, size)), r.table.At(of(o.firm, total))
	if o.firm == r.own {
		heads = heads.Sub(r.stays.At(r.i))
		others = others.Sub(r.stays.Product(r.i, r.effort.At(r.i)))
	}
	p.heads = p.heads.Surrogate(heads)
	if r.stale {
		p.seen = r.before.At(o.firm)
		p.others = p.seen.Sub(r.effort.At(r.i))
		return p
	}
	p.others = ad.Const(o.others).Surrogate(others)
	p.seen = p.others
	return p
}

// score returns the log utility with its derivatives. The best effort maximises
// it, so that its own do not matter, unless the output is judged by another.
func (r *run) score(o *offer, p *parts) ad.Num {
	made := o.others + o.effort
	if r.stale {
		made = o.others + r.spent
	}
	v, leisure, income := r.weigh(o), 1-o.effort, r.theta/o.made
	x := ad.Combine(v, o.odds, p.theta, -r.theta/o.heads, p.heads)
	x = ad.Combine(v, 1, x, income*(o.a+2*o.b*made), p.seen)
	x = ad.Combine(v, 1, x, income*made, p.a)
	x = ad.Combine(v, 1, x, income*made*made, p.b)
	if r.stale {
		e := bestEffort(p.theta, p.others, p.a, p.b, o.effort)
		x = ad.Combine(v, 1, x, (r.theta-1)/leisure, e)
	}
	return x
}
