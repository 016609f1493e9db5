package gradient

import (
	"math"

	"gonum.org/v1/gonum/interp"
)

// meanSlope tabulates m(p, τ), the mean derivative in p of the softmax at
// temperature τ of a Bernoulli draw with probability p:
//
//	m = 1/(p(1−p))·∫₀¹ u(1−u) ds   with   logit u = logit p − τ·logit s ,
//
// what the mean of d σ((logit p − logit u)/τ)/dp over uniform u becomes with
// s = σ(…) as variable. It is the same for p and 1−p. As p falls to 0 it goes to
// πτ/sin πτ for τ < 1 and to infinity for τ ≥ 1.
type meanSlope struct {
	tau   float64
	table interp.NotAKnotCubic // of log m over logit p ≤ 0
}

// tabulated is how far into negative logits the table goes (p = 3e-14) and how
// many nodes it has a unit.
const (
	tabulated    = 31
	nodesPerUnit = 16
)

func newMeanSlope(tau float64) *meanSlope {
	m := &meanSlope{tau: tau}
	x := make([]float64, tabulated*nodesPerUnit+nodesPerUnit+1) // up to logit 1, past where it is used
	y := make([]float64, len(x))
	for i := range x {
		x[i] = float64(i)/nodesPerUnit - tabulated
		y[i] = logMeanSlope(x[i], tau)
	}
	if err := m.table.Fit(x, y); err != nil {
		panic("gradient: " + err.Error())
	}
	return m
}

// at returns m(p, τ).
func (m *meanSlope) at(p float64) float64 {
	p = min(p, 1-p)
	if p == 0 {
		return m.limit()
	}
	x := logit(p)
	if x < -tabulated {
		return math.Exp(logMeanSlope(x, m.tau))
	}
	return math.Exp(m.table.Predict(x))
}

// limit returns m(0, τ).
func (m *meanSlope) limit() float64 {
	if m.tau < 1 {
		return math.Pi * m.tau / math.Sin(math.Pi*m.tau)
	}
	return math.Inf(1)
}

// logMeanSlope returns log m at logit p = x by the trapezoidal rule in logit s,
// whose relative error for this integrand, analytic in a strip of half-width
// π·min(1, 1/τ), is about e^(−4π²).
func logMeanSlope(x, tau float64) float64 {
	x = -math.Abs(x)
	step, from := 0.5*min(1, 1/tau), x/tau-40
	if tau < 1 { // falls as e^((1−τ)·logit s) before it gets there
		from = max(from, -40/(1-tau))
	}
	scale, sum := logVariance(x), 0.0
	for l := math.Ceil(from/step) * step; l < 40; l += step {
		sum += math.Exp(logVariance(l) + logVariance(x-tau*l) - scale)
	}
	return math.Log(step * sum)
}

// logVariance returns log p(1−p) at logit p = x.
func logVariance(x float64) float64 {
	x = math.Abs(x)
	return -x - 2*math.Log1p(math.Exp(-x))
}
