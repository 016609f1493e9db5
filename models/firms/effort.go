package firms

import (
	"math"

	"github.com/nudge-abm/nudge/ad"
)

// BestEffort returns the effort 0 ≤ e < 1 that maximises
//
//	U(e) = (a·E + b·E²)^θ · (1−e)^(1−θ) ,  E = others + e ,
//
// for 0 ≤ θ < 1, a, b ≥ 0 and others > −1: the larger root of
//
//	b(1+θ)·e² + B·e − C = 0 ,  B = a + 2b(others − θ) ,
//	C = θ(a + 2b·others) − (1−θ)(a·others + b·others²) ,
//
// or 0 if that is negative. It is computed without cancellation, so that b may
// be 0: then e = max(0, θ − (1−θ)·others). What rounds to 1 is the greatest number
// below it, so that some leisure is left.
func BestEffort(theta, others, a, b float64) float64 {
	all := 1 + others
	root := math.Sqrt(a*a + 4*b*theta*theta*all*(a+b*all))
	linear := a + 2*b*(others-theta)
	if linear < 0 {
		return min((root-linear)/(2*b*(1+theta)), below1)
	}
	gain := theta*(a+2*b*others) - (1-theta)*others*(a+b*others)
	if gain <= 0 {
		return 0
	}
	return min(2*gain/(linear+root), below1)
}

// effortSlopes returns the derivatives of the best effort e by θ, others, a and
// b, from the condition ∂U/∂e = 0 that it meets; all are 0 at the corner e = 0.
func effortSlopes(theta, others, a, b, e float64) (byTheta, byOthers, byA, byB float64) {
	if e <= 0 {
		return 0, 0, 0, 0
	}
	total, leisure := others+e, 1-e
	marginal := a + 2*b*total
	across := 2*b*theta*leisure - (1-theta)*marginal // of the condition by others
	along := theta*marginal - across                 // and by e, negated
	byTheta = (marginal*leisure + output(a, b, total)) / along
	byOthers = across / along
	byA = (theta*leisure - (1-theta)*total) / along
	byB = total * (2*theta*leisure - (1-theta)*total) / along
	return byTheta, byOthers, byA, byB
}

// bestEffort returns the best effort e with its derivatives.
func bestEffort(theta, others, a, b ad.Num, e float64) ad.Num {
	byTheta, byOthers, byA, byB := effortSlopes(theta.Primal(), others.Primal(), a.Primal(), b.Primal(), e)
	x := ad.Combine(e, byTheta, theta, byOthers, others)
	return ad.Combine(e, 1, x, 1, ad.Combine(0, byA, a, byB, b))
}

// output is what a firm of total effort E makes.
func output(a, b, total float64) float64 { return total * (a + b*total) }

// logUtility returns the logarithm of income^θ·leisure^(1−θ) and its derivative by
// θ. What an agent has no use for does not count, even if there is none of it.
func logUtility(theta, income, leisure float64) (log, byTheta float64) {
	gain, rest := math.Log(income), math.Log(leisure)
	switch theta {
	case 0:
		log = rest
	case 1:
		log = gain
	default:
		log = theta*gain + (1-theta)*rest
	}
	return log, gain - rest
}
