package walk_test

import (
	"context"
	"math"
	"strconv"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/walk"
)

const theta, rows = 0.4, 50

// sample returns the moments of an estimator's samples at the defaults.
func sample(t *testing.T, samples int, name string, options map[string]string) *gradient.Moments {
	t.Helper()
	p, err := gradient.NewProblem(abm.NewSetup(walk.Model), 7)
	if err != nil {
		t.Fatal(err)
	}
	e, err := gradient.New(name, options)
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: samples, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The indices of the observables in row t of a series or, for there is one
// parameter, of a Jacobian.
func position(t int) int { return 2 * t }
func square(t int) int   { return 2*t + 1 }

func TestMeans(t *testing.T) {
	const samples = 4000
	m := sample(t, samples, "straight-through", nil)
	for step := range rows {
		n, drift := float64(step), 2*theta-1
		variance := 4 * theta * (1 - theta) * n
		compare(t, "position", step, m.Series[position(step)], drift*n, math.Sqrt(variance/samples))
		// The fourth moment of a normal bounds that of the walk's square.
		spread := math.Sqrt((2*variance*variance + 4*variance*drift*drift*n*n) / samples)
		compare(t, "square", step, m.Series[square(step)], variance+drift*drift*n*n, spread)
	}
}

// compare fails if a mean is further from what it should be than 4 standard
// errors.
func compare(t *testing.T, what string, step int, got, want, se float64) {
	t.Helper()
	if math.Abs(got-want) > 4*se+1e-9 {
		t.Errorf("mean %s at step %d is %g, want %g ± %g", what, step, got, want, se)
	}
}

// The position is linear in the draws: straight-through is exact in every run.
func TestStraightThroughIsExact(t *testing.T) {
	m := sample(t, 20, "straight-through", nil)
	for step := range rows {
		i := position(step)
		if math.Abs(m.Mean[i]-2*float64(step)) > 1e-12 || m.SD(i) > 1e-12 {
			t.Errorf("at step %d: %g ± %g, want %d exactly", step, m.Mean[i], m.SD(i), 2*step)
		}
	}
}

// The square is not: every draw's derivative forgets the draw's own variance, so
// that the mean is 4(2θ−1)·t² in place of 4(2θ−1)·t(t−1).
func TestStraightThroughIsBiasedForTheSquare(t *testing.T) {
	m := sample(t, 4000, "straight-through", nil)
	for step := range rows {
		i, n := square(step), float64(step)
		compare(t, "derivative of the square", step, m.Mean[i], 4*(2*theta-1)*n*n, m.SE(i))
	}
}

func TestFlipIsUnbiasedForTheSquare(t *testing.T) {
	m := sample(t, 400, "flip", nil)
	for step := range rows {
		i, n := square(step), float64(step)
		compare(t, "derivative of the square", step, m.Mean[i], 4*(2*theta-1)*n*(n-1), m.SE(i))
	}
}

// Gumbel-softmax is off by the same factor m(θ,τ) at every draw.
func TestGumbelSoftmaxIsOffByItsFactor(t *testing.T) {
	for _, tau := range []float64{0.1, 0.5, 1} {
		m := sample(t, 2000, "gumbel-softmax", map[string]string{"temperature": strconv.FormatFloat(tau, 'g', -1, 64)})
		factor := slope(theta, tau)
		for step := range rows {
			i := position(step)
			compare(t, "derivative", step, m.Mean[i], 2*float64(step)*factor, m.SE(i))
		}
	}
}

// slope is m(p,τ), the mean over a standard logistic L of the derivative in p of
// σ((logit p + L)/τ), by the midpoint rule in L.
func slope(p, tau float64) float64 {
	sigma := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	bell := func(x float64) float64 { return sigma(x) * sigma(-x) }
	const h = 1e-3
	sum := 0.0
	for l := -40.0; l < 40; l += h {
		sum += h * bell(l) * bell((math.Log(p/(1-p))+l)/tau)
	}
	return sum / (tau * p * (1 - p))
}

// Walkers are averaged, so that more of them vary less.
func TestWalkersAreAveraged(t *testing.T) {
	s := abm.NewSetup(walk.Model)
	if err := s.Set("walkers", "10000"); err != nil {
		t.Fatal(err)
	}
	p, err := gradient.NewProblem(s, 7)
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, gradient.StraightThrough{}, gradient.Sampling{Samples: 1})
	if err != nil {
		t.Fatal(err)
	}
	n := rows - 1.0
	compare(t, "position", rows-1, m.Series[position(rows-1)], (2*theta-1)*n, math.Sqrt(4*theta*(1-theta)*n/10000))
}
