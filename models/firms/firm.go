package firms

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// firms is a table of as many slots as there are agents, which is enough: who
// founds a firm leaves an empty one or one with others. Slots of firms without
// members are used again.
type firms struct {
	scales, returns *ad.Column
	size            *ad.Column
	total           *ad.Column // effort
	before          *ad.Column // effort before the step, of a younger firm its founder's
	suitors         *ad.Column // 0, with the derivatives of size through agents that are not members
	curve           *ad.Column // 0, see choose.go
	vacant          *ad.Column // slots to use again, their number first
}

func newFirms(w *abm.World, n int) firms {
	return firms{
		scales: w.Column(n), returns: w.Column(n), size: w.Column(n), total: w.Column(n), before: w.Column(n),
		suitors: w.Column(n), curve: w.Column(n), vacant: w.Column(n + 1),
	}
}

// open gives a new firm a slot.
func (f *firms) open(a, b, before ad.Num) int {
	v := f.vacant.Values()
	slot := int(v[int(v[0])])
	v[0]--
	f.scales.Set(slot, a)
	f.returns.Set(slot, b)
	f.before.Set(slot, before)
	return slot
}

// close retires a firm without members.
func (f *firms) close(slot int) {
	v := f.vacant.Values()
	v[0]++
	v[int(v[0])] = float64(slot)
	for _, c := range []*ad.Column{f.size, f.total, f.suitors, f.curve} {
		c.Set(slot, ad.Num{})
	}
}

// gather sums up the members of each firm and their effort, and forgets who else
// thought of joining.
func (r *run) gather() {
	r.size.Fill(0)
	r.total.Fill(0)
	r.suitors.Fill(0)
	r.curve.Fill(0)
	r.phantoms.Fill(0)
	for i := range r.w.Agents(r.n) {
		f, stays := int(r.firm.Values()[i]), r.stays.At(i)
		r.size.Add(f, stays)
		r.total.Add(f, stays.Mul(r.effort.At(i)))
		if e := r.effort.Values()[i]; stays.Active() {
			r.curve.Add(f, stays.Chain(0, -e*e))
		}
	}
	r.soft = r.differentiates()
	if r.stale {
		r.before.CopyFrom(r.total)
	}
}
