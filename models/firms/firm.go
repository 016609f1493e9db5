package firms

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// firms is a table of as many slots as there are agents, which is enough: who
// founds a firm leaves an empty one or one with others. Slots of firms without
// members are used again.
type firms struct {
	table    *ad.Column // all that is asked of a firm in turns, side by side: slot·fields + field
	before   *ad.Column // effort before the step, of a younger firm its founder's
	suitors  *ad.Column // 0, with the derivatives of size by the shares of suitors
	courting *ad.Column // 0, with those of effort
	curve    *ad.Column // 0, with those of ∓Σ e² by the shares of members and suitors
	vacant   *ad.Column // slots to use again, their number first
}

// The fields of the table.
const (
	scale = iota
	returns
	size
	total // effort
	fields
)

func newFirms(w *abm.World, n int) firms {
	return firms{
		table: w.Column(n * fields), before: w.Column(n),
		suitors: w.Column(n), courting: w.Column(n), curve: w.Column(n), vacant: w.Column(n + 1),
	}
}

// of is the place of a field of a firm in the table.
func of(slot, field int) int { return slot*fields + field }

// members returns the size of a firm.
func (f *firms) members(slot int) float64 { return f.table.Values()[of(slot, size)] }

// open gives a new firm a slot.
func (f *firms) open(a, b, before ad.Num) int {
	v := f.vacant.Values()
	slot := int(v[int(v[0])])
	v[0]--
	f.table.Set(of(slot, scale), a)
	f.table.Set(of(slot, returns), b)
	f.before.Set(slot, before)
	return slot
}

// close retires a firm without members.
func (f *firms) close(slot int) {
	v := f.vacant.Values()
	v[0]++
	v[int(v[0])] = float64(slot)
	f.empty(slot)
}

// empty takes all members out of a firm, and who thought of joining.
func (f *firms) empty(slot int) {
	f.table.Set(of(slot, size), ad.Num{})
	f.table.Set(of(slot, total), ad.Num{})
	f.suitors.Set(slot, ad.Num{})
	f.courting.Set(slot, ad.Num{})
	f.curve.Set(slot, ad.Num{})
}

// gather sums up the members of each firm and their effort, and forgets who else
// thought of joining.
func (r *run) gather() {
	r.soft = r.preference.Active() || r.effort.Active() || r.table.Active()
	if r.soft {
		r.gatherShares()
	} else {
		r.gatherMembers()
	}
	if r.stale {
		for f := range r.w.Agents(r.n) {
			r.before.Set(f, r.table.At(of(f, total)))
		}
	}
}

// gatherMembers is gather without derivatives.
func (r *run) gatherMembers() {
	table, effort := r.table.Values(), r.effort.Values()
	for f := range r.n {
		table[of(f, size)], table[of(f, total)] = 0, 0
	}
	for i, f := range r.firm.Values() {
		table[of(int(f), size)]++
		table[of(int(f), total)] += effort[i]
	}
}

// gatherShares is gather with derivatives.
func (r *run) gatherShares() {
	r.phantoms.Fill(0)
	for f := range r.n {
		r.empty(f)
	}
	for i := range r.w.Agents(r.n) {
		f, stays, effort := int(r.firm.Values()[i]), r.stays.At(i), r.effort.At(i)
		r.table.Add(of(f, size), stays)
		r.table.Add(of(f, total), stays.Mul(effort))
		r.bend(f, stays, -1, effort.Primal())
	}
}

// bend adds to a firm's curve what a share in it with the given effort brings.
func (r *run) bend(f int, share ad.Num, sign, effort float64) {
	if share.Active() {
		r.curve.Add(f, share.Chain(0, sign*effort*effort))
	}
}
