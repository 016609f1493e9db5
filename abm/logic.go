package abm

import "github.com/nudge-abm/nudge/ad"

// And returns the indicator that all conditions hold, their product; 1 for none.
// It moves with a condition where the others hold. For not, see [ad.Num.Not].
func And(conditions ...ad.Num) ad.Num {
	all := ad.Const(1)
	for _, c := range conditions {
		all = all.Mul(c)
	}
	return all
}

// Or returns the indicator that any condition holds, 1 − Π(1−c_k); 0 for none. It
// moves with a condition where no other holds.
func Or(conditions ...ad.Num) ad.Num {
	none := ad.Const(1)
	for _, c := range conditions {
		none = none.Mul(c.Not())
	}
	return none.Not()
}
