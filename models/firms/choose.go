package firms

import "github.com/nudge-abm/nudge/ad"

// cutoff is how many temperatures an offer may be behind the best to have a
// derivative: beyond, its share is below e^−12, about 1e-5.
const cutoff = 12

// move is the choice. Its value is hard: the agent goes to the best offer, by
// place, and nowhere else. Its derivatives are those of a share z_k of the agent,
// the softmax of the scores, in each firm k of the list, with the effort e_k that
// is best there:
//
//	size_k += z_k ,  E_k += z_k·e_k .
//
// An agent's shares are those of its latest turn; what it considers in its next
// is free of them. What others meet are the shares of members (stays), which the
// firm keeps from step to step. Those of suitors, who went elsewhere, count in the
// observables of the step and are then forgotten: linear in a share, the answer of
// others to a suitor far larger than the firm would be out of all proportion,
// and feed on itself. Firms that would exist if the agent had come, or stayed,
// are phantoms: they count in the observables, too. Where an observable is not
// linear in the shares it moves by what would change if one agent came or went:
// see [run.observe].
func (r *run) move(best int) {
	if !r.soft {
		r.settleIn(&r.offers[best])
		return
	}
	offers, chosen := r.rivals(best)
	shares, effort := r.shares(offers, chosen)
	r.leave()
	for k := range offers {
		if k != chosen {
			r.flirt(&offers[k], shares[k])
		}
	}
	r.join(&offers[chosen], shares[chosen], effort)
}

// settleIn is move without derivatives, to the same values.
func (r *run) settleIn(o *offer) {
	table, f := r.table.Values(), o.firm
	old := table[r.own*fields:][:fields]
	old[size]--
	if old[total] = max(0, old[total]-r.spent); old[size] == 0 {
		if old[total] = 0; f != r.own {
			r.close(r.own)
		}
	}
	if f == startUp {
		f = r.open(r.scale, r.returns, ad.Const(r.spent))
	}
	table[of(f, size)]++
	table[of(f, total)] += o.effort
	r.effort.Values()[r.i] = o.effort
	r.firm.Values()[r.i] = float64(f)
}

// rivals drops offers that are too far behind the best to matter.
func (r *run) rivals(best int) (offers []offer, chosen int) {
	least := r.weigh(&r.offers[best]) - cutoff*r.temperature
	offers = r.offers[:0]
	for k := range r.offers {
		o := &r.offers[k]
		if k == best {
			chosen = len(offers)
		}
		if r.weigh(o) >= least {
			offers = append(offers, *o)
		}
	}
	return offers, chosen
}

// shares returns the agent's shares in the firms and its effort in the one
// chosen.
func (r *run) shares(offers []offer, chosen int) (shares []ad.Num, effort ad.Num) {
	r.scores = r.scores[:0]
	theta := r.preference.At(r.i)
	for k := range offers {
		o := &offers[k]
		p := r.parts(o, theta)
		if k == chosen {
			effort = bestEffort(p.theta, p.others, p.a, p.b, o.effort)
		}
		r.scores = append(r.scores, r.score(o, &p))
	}
	return r.w.ArgMax(r.scores, r.temperature).OneHot, effort
}

// leave takes the agent out of its firm.
func (r *run) leave() {
	stays, effort := r.stays.At(r.i), r.effort.At(r.i)
	r.table.Sub(of(r.own, size), stays)
	r.table.Sub(of(r.own, total), stays.Mul(effort))
	r.bend(r.own, stays, 1, r.spent)
	left := &r.table.Values()[of(r.own, total)]
	if *left = max(0, *left); r.members(r.own) == 0 { // but for rounding
		*left = 0
	}
}

// flirt gives the agent its share in a firm that it does not choose.
func (r *run) flirt(o *offer, z ad.Num) {
	e := o.effort
	if o.firm == startUp {
		r.haunt(z, z.Times(e), z.Times(output(o.a, o.b, e)))
		return
	}
	r.suitors.Add(o.firm, z)
	r.courting.Add(o.firm, z.Times(e))
	r.bend(o.firm, z, 1, e)
}

// haunt adds to the phantoms.
func (r *run) haunt(firms, effort, output ad.Num) {
	r.phantoms.Add(phantomFirms, firms)
	r.phantoms.Add(phantomEffort, effort)
	r.phantoms.Add(phantomOutput, output)
}

// abandon closes a firm without members. What its suitors would have made of it
// lives on as a phantom.
func (r *run) abandon(f int) {
	if r.soft {
		a, b := r.table.Values()[of(f, scale)], r.table.Values()[of(f, returns)]
		effort := r.courting.At(f)
		r.haunt(r.suitors.At(f), effort, ad.Combine(0, a, effort, b, r.curve.At(f)))
	}
	r.close(f)
}

// join makes the agent a member of the firm it chooses.
func (r *run) join(o *offer, z, effort ad.Num) {
	f := o.firm
	if f != r.own && r.members(r.own) == 0 {
		r.abandon(r.own)
	}
	if f == startUp {
		f = r.open(r.scale, r.returns, r.effort.At(r.i))
	}
	r.table.Add(of(f, size), z)
	r.table.Add(of(f, total), z.Mul(effort))
	r.bend(f, z, -1, o.effort)
	r.stays.Set(r.i, z)
	r.effort.Set(r.i, effort)
	r.firm.Values()[r.i] = float64(f)
}
