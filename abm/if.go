package abm

import "github.com/nudge-abm/nudge/ad"

// If returns cond·then + (1−cond)·otherwise, with the derivatives of all three.
// Where cond is 1 or 0 the value is exactly then or otherwise, whatever the other
// is, infinite or NaN.
func If(cond, then, otherwise ad.Num) ad.Num {
	c, value := cond.Primal(), then
	switch {
	case c == 0:
		value = otherwise
	case c != 1:
		value = then.Times(c).Add(otherwise.Times(1 - c))
	}
	if !cond.Active() {
		return value
	}
	return ad.Combine(value.Primal(), 1, value, then.Primal()-otherwise.Primal(), cond)
}

// Branch is an alternative of [Select]: a condition and the value it leads to.
type Branch struct{ If, Then ad.Num }

// Select returns the value of the first branch whose condition holds, else
// otherwise: the nested [If] of the branches, with its derivatives.
func Select(otherwise ad.Num, branches ...Branch) ad.Num {
	for k := len(branches) - 1; k >= 0; k-- {
		otherwise = If(branches[k].If, branches[k].Then, otherwise)
	}
	return otherwise
}
