package abm

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// Surrogate is a smooth stand-in for the step function 1[x ≥ 0]; only its
// derivative is used. A width that is not positive fails the run.
type Surrogate interface {
	// Step returns the smooth step at x.
	Step(x ad.Num) ad.Num
}

// NormalCDF is the surrogate Φ(x/Sigma). Sigma has the unit of x.
type NormalCDF struct{ Sigma float64 }

// cutoff is where a surrogate's slope falls below 1e-18 of its peak, less than
// the rounding of the numbers it would move; beyond it the step is flat, which
// keeps derivatives sparse.
const cutoff = 9.2

// Step returns Φ(x/Sigma).
func (s NormalCDF) Step(x ad.Num) ad.Num {
	requireWidth(s.Sigma)
	z := x.Times(1 / s.Sigma)
	if math.Abs(z.Primal()) > cutoff {
		return ad.Const(flat(z))
	}
	return z.NormalCDF()
}

// Logistic is the surrogate 1/(1+e^(−x/Width)). Width has the unit of x.
type Logistic struct{ Width float64 }

// Step returns the logistic function of x/Width.
func (s Logistic) Step(x ad.Num) ad.Num {
	requireWidth(s.Width)
	z := x.Times(1 / s.Width)
	if math.Abs(z.Primal()) > cutoff*cutoff/2 {
		return ad.Const(flat(z))
	}
	return z.Logistic()
}

// PiecewiseLinear is the surrogate that rises from 0 at −Width to 1 at Width.
// Width has the unit of x.
type PiecewiseLinear struct{ Width float64 }

// Step returns the ramp at x.
func (s PiecewiseLinear) Step(x ad.Num) ad.Num {
	requireWidth(s.Width)
	if math.Abs(x.Primal()) >= s.Width {
		return ad.Const(flat(x))
	}
	return x.Times(0.5 / s.Width).Plus(0.5)
}

func flat(x ad.Num) float64 {
	if x.Primal() > 0 {
		return 1
	}
	return 0
}

func requireWidth(width float64) {
	if !(width > 0) {
		panic(misusef("the width of a surrogate must be positive, is %g", width))
	}
}
