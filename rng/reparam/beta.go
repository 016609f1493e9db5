package reparam

import "math"

// Beta returns dx/da and dx/db for a draw x of the Beta(a, b) law. y is 1−x,
// given on its own because a draw may lie closer to 1 than float64 can tell;
// elsewhere y = 1−x serves. It panics unless a and b are positive and finite and
// x and y lie in (0, 1].
func Beta(x, y, a, b float64) (da, db float64) {
	if !(x > 0 && x <= 1 && y > 0 && y <= 1) {
		panic("reparam: a beta draw and its complement must lie in (0, 1]")
	}
	da, db = point{x, y, math.Log(x), math.Log(y)}.logit(a, b)
	return x * y * da, x * y * db
}

// BetaLogit returns dℓ/da and dℓ/db for a draw of the Beta(a, b) law given as
// its log-odds ℓ = log x − log(1−x). It panics unless a and b are positive and
// finite and ℓ is finite.
func BetaLogit(logit, a, b float64) (da, db float64) {
	requireFinite(logit)
	tail := math.Log1p(math.Exp(-math.Abs(logit)))
	logX, logY := min(logit, 0)-tail, min(-logit, 0)-tail
	return point{math.Exp(logX), math.Exp(logY), logX, logY}.logit(a, b)
}

// point is a place x of the unit interval, with y = 1−x and their logarithms.
type point struct{ x, y, logX, logY float64 }

// logit returns the derivatives of the log-odds: the tail is the one that keeps
// both integrands from changing sign, or nearly so.
func (p point) logit(a, b float64) (da, db float64) {
	requireShape(a)
	requireShape(b)
	both := digamma(a + b)
	awayA := digamma(a) - both - p.logX
	awayB := digamma(b) - both - p.logY
	if p.x*(a+b+1) < a+0.5 {
		mass, ma, mb := BetaLower(p.x, p.y, a, b)
		return awayA*mass + ma, awayB*mass + mb
	}
	mass, mb, ma := BetaLower(p.y, p.x, b, a)
	return -(awayA*mass + ma), -(awayB*mass + mb)
}
