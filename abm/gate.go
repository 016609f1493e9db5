package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// Gate returns the indicator that a policy from start to end is in force at time
// t: the value is hard, 1 for start ≤ t < end and else 0; the derivative is that
// of the surrogate step S(t−start)·S(end−t) (paper, section 4.3, Figure 9).
func Gate(t float64, start, end ad.Num, s Surrogate) ad.Num {
	hard := 0.0
	if start.Primal() <= t && t < end.Primal() {
		hard = 1
	}
	if !start.Active() && !end.Active() {
		return ad.Const(hard)
	}
	soft := s.Step(ad.Const(t).Sub(start)).Mul(s.Step(end.Plus(-t)))
	return ad.Const(hard).Surrogate(soft)
}

// Exposure returns the share of the interval from t to t+dt during which a
// policy from start to end is in force. It equals [Gate] where start and end
// are multiples of dt and is itself differentiable in both (almost everywhere),
// so it needs no surrogate: the honest gate for optimising policy times.
func Exposure(t, dt float64, start, end ad.Num) ad.Num {
	return elapsed(t, dt, start).Sub(elapsed(t, dt, end))
}

// elapsed is the share of (t, t+dt) after the time at, clipped to [0, 1].
func elapsed(t, dt float64, at ad.Num) ad.Num {
	share := (t + dt - at.Primal()) / dt
	if share <= 0 || share > 1 {
		return ad.Const(math.Min(math.Max(share, 0), 1))
	}
	return at.Chain(share, -1/dt)
}
