package gradient_test

import (
	"math"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// tuned returns the tuned step of a problem with one active parameter.
func tuned(tb testing.TB, p *gradient.Problem) gradient.Step {
	tb.Helper()
	steps, err := gradient.FiniteDifference{}.Tune(p)
	if err != nil {
		tb.Fatal(err)
	}
	return steps[0]
}

// Without luck the smallest step is best, and Richardson's comparison tells the
// error of x³ exactly: h², here as a share of the peak at the largest step, .8.
func TestTuneWithoutNoise(t *testing.T) {
	s := tuned(t, formulaAt(t, formula(abm.Real, cube), 2))
	const peak = 12 + 0.8*0.8
	want := gradient.Step{Parameter: "theta", H: 0.025, Truncation: 0.025 * 0.025 / peak, Peak: peak}
	if math.Abs(s.H-want.H) > 1e-15 || math.Abs(s.Truncation-want.Truncation) > 1e-10 || s.Noise > 1e-10 ||
		math.Abs(s.Peak-want.Peak) > 1e-10 || s.Parameter != want.Parameter {
		t.Errorf("got %+v, want %+v", s, want)
	}
}

// Where the mean is a straight line the largest step that fits is best.
func TestTuneOfStraightLine(t *testing.T) {
	if s := tuned(t, problem(t, walk, 0.4)); s.H < 0.04 || s.Noise == 0 || s.Peak < 5 || s.Peak > 15 {
		t.Errorf("got %+v", s)
	}
	if s := tuned(t, formulaAt(t, formula(abm.Real, func(ad.Num) ad.Num { return ad.Const(3) }), 2)); s.H != 0.8 || s.Peak != 0 {
		t.Errorf("a parameter without effect: got %+v", s)
	}
}

// crowd is the share of n agents that say yes, each with probability θ³: the
// central difference has bias h² and a variance that is known.
func crowd(n int) *abm.Model {
	return toy("crowd", []string{"theta"}, []string{"yes"}, func(w *abm.World) []ad.Num {
		yes := 0.0
		for range w.Agents(n) {
			yes += w.Bernoulli(0, cube(w.Param("theta"))).Primal()
		}
		return []ad.Num{ad.Const(yes / float64(n))}
	})
}

// crowdError is the mean squared error of the difference over samples runs.
func crowdError(theta, h float64, n, samples int) float64 {
	q := math.Pow(theta+h, 3) - math.Pow(theta-h, 3) // those who change their mind
	return h*h*h*h + q*(1-q)/float64(n)/(4*h*h)/float64(samples)
}

// With noise and curvature the error at the step chosen is within a factor of
// two of the least among the candidates.
func TestTuneWeighsBothErrors(t *testing.T) {
	const theta = 0.6
	for _, test := range []struct{ n, samples int }{{10, 1}, {10, 200}, {1000, 1}, {1000, 200}, {1000, 10_000}, {100_000, 200}} {
		n := test.n
		steps, err := gradient.FiniteDifference{Samples: test.samples}.Tune(problem(t, crowd(n), theta))
		if err != nil {
			t.Fatal(err)
		}
		s, best := steps[0], math.Inf(1)
		for h := 0.4 * theta; h > 0.001; h /= 2 {
			best = min(best, math.Sqrt(crowdError(theta, h, n, test.samples)))
		}
		if got := math.Sqrt(crowdError(theta, s.H, n, test.samples)); got > 2*best {
			t.Errorf("%d agents, %d samples: the step %v errs by %v, the best by %v", n, test.samples, s.H, got, best)
		}
		if want := math.Sqrt(crowdError(theta, s.H, n, 1) - math.Pow(s.H, 4)); s.Noise < want/2 || s.Noise > want*2 {
			t.Errorf("%d agents: noise %v, want about %v", n, s.Noise, want)
		}
	}
}

// For a time behind a hard gate the step spans whole steps of the clock.
func TestTuneOfPolicyTime(t *testing.T) {
	m := formula(abm.Positive, func(x ad.Num) ad.Num {
		open := 0.0
		for t := range 40 {
			open += abm.Gate(float64(t), ad.Const(0), x, abm.NormalCDF{Sigma: 1}).Primal()
		}
		return ad.Const(open)
	})
	for _, theta := range []float64{15, 20.3, 25.5} {
		p := formulaAt(t, m, theta)
		s := tuned(t, p)
		x := difference(t, p, gradient.FiniteDifference{Steps: []gradient.Step{s}})
		if s.H < 1 || math.Abs(x.Jacobian[0]-1) > 0.25 {
			t.Errorf("at %v: step %v, derivative %v, want about 1", theta, s.H, x.Jacobian[0])
		}
	}
}

// At the edge of a support, and at zero, there is still a step.
func TestTuneAtEdges(t *testing.T) {
	for _, theta := range []float64{0, 1, 1e-4, 0.9999} {
		s := tuned(t, formulaAt(t, formula(abm.Probability, cube), theta))
		x := difference(t, formulaAt(t, formula(abm.Probability, cube), theta), step(s.H))
		if math.Abs(x.Jacobian[0]-3*theta*theta) > 0.01 {
			t.Errorf("at %v: step %v, derivative %v", theta, s.H, x.Jacobian[0])
		}
	}
}

func TestTuneOfNaN(t *testing.T) {
	p := formulaAt(t, formula(abm.Real, func(x ad.Num) ad.Num { return x.Plus(-3).Log() }), 2)
	_, err := gradient.FiniteDifference{}.Tune(p)
	if err == nil || !strings.Contains(err.Error(), "no finite-difference step for theta can be tuned") {
		t.Errorf("got %v", err)
	}
}
