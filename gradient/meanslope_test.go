package gradient

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// At τ = 1 the mean of the softmax has a closed form.
func TestMeanSlopeAtTemperatureOne(t *testing.T) {
	soft := func(p float64) float64 {
		r := (1 - p) / p
		return 1/(1-r) + r*math.Log(r)/((1-r)*(1-r))
	}
	m := newMeanSlope(1)
	for _, p := range []float64{0.001, 0.02, 0.1, 0.3, 0.8} {
		near(t, "m", m.at(p), fd.Derivative(soft, p, &fd.Settings{Formula: fd.Central, Step: 1e-4 * p}), 1e-6)
	}
	near(t, "m(½, 1)", m.at(0.5), 2.0/3, 1e-9)
}

// The table must agree with the integral as it stands.
func TestMeanSlopeIsTheIntegral(t *testing.T) {
	for _, tau := range []float64{0.1, 0.5, 0.95, 1, 2} {
		m := newMeanSlope(tau)
		for _, p := range []float64{0.01, 0.2, 0.5, 0.77} {
			near(t, "m", m.at(p), directMeanSlope(p, tau), 1e-6)
		}
	}
}

// directMeanSlope averages the slope over the uniform luck of a draw, in its
// logit l: the density of l is that of the logistic law.
func directMeanSlope(p, tau float64) float64 {
	const step = 0.005
	sum := 0.0
	for l := -60.0; l < 60; l += step {
		sum += softSlope(p, 1/(1+math.Exp(-l)), tau) * math.Exp(logVariance(l)) * step
	}
	return sum
}

func TestMeanSlopeFarOut(t *testing.T) {
	for _, tau := range []float64{0.1, 0.5, 2} {
		m := newMeanSlope(tau)
		near(t, "m(1−p)", m.at(0.75), m.at(0.25), 1e-12)
		// both sides of where the table ends
		inside, outside := m.at(math.Exp(-tabulated+0.001)), m.at(math.Exp(-tabulated-0.001))
		near(t, "the end of the table", inside, outside, 1e-3)
		near(t, "m(0) of small m", m.at(1e-300)/m.at(0), limitRatio(tau), 1e-6)
	}
	m := newMeanSlope(2) // falls as 1/√p
	near(t, "m(1e-20)/m(1e-18)", m.at(1e-20)/m.at(1e-18), 10, 1e-6)
	if m := newMeanSlope(1); !math.IsInf(m.at(0), 1) || !math.IsInf(m.at(1), 1) {
		t.Errorf("m(0, 1) = %g, m(1, 1) = %g, want +Inf", m.at(0), m.at(1))
	}
}

// limitRatio is m(p)/m(0) for very small p.
func limitRatio(tau float64) float64 {
	if tau < 1 {
		return 1
	}
	return 0
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}
