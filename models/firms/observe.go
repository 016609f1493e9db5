package firms

import "github.com/nudge-abm/nudge/ad"

// What is known of phantoms, by index.
const (
	phantomFirms = iota
	phantomEffort
	phantomOutput
)

// The sums over firms, by index.
const (
	number = iota
	spent
	made
	sized // the first of those of the size distribution
)

// observe records the row. Means over firms are ratios of sums; the sums move
// with an agent's share in a firm as they would if it came or went:
//
//   - a firm counts as long as it has a member, so its number moves with the
//     share of a lonely one, and with phantoms;
//   - the output moves by O(E) − O(E−e) with a member's share and by
//     O(E+e) − O(E) with a suitor's, that is by O'(E)·e ∓ b·e²;
//   - a firm is at least of size m by members' shares if it has m of them, by
//     suitors' if it has m−1.
func (r *run) observe() {
	sums := r.sums
	sums.Fill(0)
	for f := range r.w.Agents(r.n) {
		if size := r.members(f); size > 0 {
			sums.Values()[number]++
			r.count(f, size)
		}
	}
	if r.stays.Active() {
		r.countLonely()
	}
	firms := sums.At(number).Add(r.phantoms.At(phantomFirms))
	r.w.Observe(meanEffort, r.sums.At(spent).Add(r.phantoms.At(phantomEffort)).Times(1/float64(r.n)))
	r.w.Observe(firmSize, ad.Const(float64(r.n)).Div(firms))
	r.w.Observe(firmOutput, sums.At(made).Add(r.phantoms.At(phantomOutput)).Div(firms))
	for k := range sizes {
		r.w.Observe(atLeast+k, sums.At(sized+k).Div(firms))
	}
}

// count adds firm f of the given size to the sums.
func (r *run) count(f int, members float64) {
	r.sums.Add(spent, r.table.At(of(f, total)))
	r.sums.Add(spent, r.courting.At(f))
	r.sums.Add(made, r.makes(f))
	for k, m := range sizes {
		if members >= float64(m) {
			r.sums.Values()[sized+k]++
		}
		switch {
		case !r.soft:
		case members == float64(m):
			r.sums.Add(sized+k, ad.Const(0).Surrogate(r.table.At(of(f, size))))
		case members == float64(m-1):
			r.sums.Add(sized+k, r.suitors.At(f))
		}
	}
}

// makes returns the output of firm f.
func (r *run) makes(f int) ad.Num {
	a, b, effort := r.table.At(of(f, scale)), r.table.At(of(f, returns)), r.table.At(of(f, total))
	e := effort.Primal()
	v := output(a.Primal(), b.Primal(), e)
	if !r.soft {
		return ad.Const(v)
	}
	x := ad.Combine(v, e, a, e*e, b)
	x = ad.Combine(v, 1, x, a.Primal()+2*b.Primal()*e, effort.Add(r.courting.At(f)))
	return ad.Combine(v, 1, x, b.Primal(), r.curve.At(f))
}

// countLonely lets the number of firms move with the shares of lonely members.
func (r *run) countLonely() {
	for i := range r.w.Agents(r.n) {
		if r.members(int(r.firm.Values()[i])) == 1 {
			r.sums.Add(number, ad.Const(0).Surrogate(r.stays.At(i)))
		}
	}
}
