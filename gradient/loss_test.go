package gradient_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// wave is a loss that is nonlinear in all entries of a series.
func wave(series, adjoint []float64) float64 {
	sum := 0.0
	for e, v := range series {
		sum += math.Sin(v + float64(e))
		if adjoint != nil {
			adjoint[e] = math.Cos(v + float64(e))
		}
	}
	return sum
}

// distance is the squared distance of the number ever infected, the sum of the
// first of five observables, from 1.5.
func distance(series, adjoint []float64) float64 {
	d := -1.5
	for e := 0; e < len(series); e += 5 {
		d += series[e]
	}
	if adjoint != nil {
		clear(adjoint)
		for e := 0; e < len(series); e += 5 {
			adjoint[e] = 2 * d
		}
	}
	return d * d
}

// Under every estimator the loss of sample i is that of the run with its luck.
func TestLossIsThatOfTheRun(t *testing.T) {
	for _, c := range exactCases()[:3] {
		p := problem(t, c.model, c.theta...)
		w := abm.NewWorld(p.Setup, nil, nil)
		defer w.Close()
		for _, who := range contenders {
			s, err := gradient.Loss{Objective: wave, Estimator: who.estimator}.Sampler(p)
			if err != nil {
				t.Fatal(err)
			}
			var sample gradient.Sample
			for run := range uint64(10) {
				if err := s.Sample(run, &sample); err != nil {
					t.Fatal(err)
				}
				if err := w.Run(p.Theta, p.Luck(run)); err != nil {
					t.Fatal(err)
				}
				if want := wave(w.Series(nil), nil); len(sample.Series) != 1 || sample.Series[0] != want || len(sample.Jacobian) != len(p.Active) {
					t.Fatalf("%s, %s: loss %v with %d derivatives, want %v", c.name, who.name, sample.Series, len(sample.Jacobian), want)
				}
			}
			s.Close()
		}
	}
}

// A sweep back gives what tangents give, for every draw and surrogate.
func TestLossByAdjointsAndByTangents(t *testing.T) {
	for _, c := range exactCases() {
		p := problem(t, c.model, c.theta...)
		for _, who := range contenders {
			if slices.Contains(calibrated, who.name) {
				continue // they are slow to make and differ by factors only
			}
			back, err := gradient.ByAdjoints(p, who.estimator, wave)
			if err != nil {
				continue // it is no surrogate
			}
			forth, err := gradient.ByTangents(p, who.estimator, wave)
			if err != nil {
				t.Fatal(err)
			}
			compareSamples(t, c.name+", "+who.name, back, forth)
			back.Close()
			forth.Close()
		}
	}
}

func compareSamples(t *testing.T, name string, back, forth gradient.Sampler) {
	t.Helper()
	var got, want gradient.Sample
	for run := range uint64(2) {
		if err := back.Sample(run, &got); err != nil {
			t.Fatal(err)
		}
		if err := forth.Sample(run, &want); err != nil {
			t.Fatal(err)
		}
		for k, d := range want.Jacobian {
			if !near(got.Jacobian[k], d) || got.Series[0] != want.Series[0] {
				t.Errorf("%s, run %d: d/dθ_%d is %v by adjoints, %v by tangents", name, run, k, got.Jacobian[k], d)
			}
		}
	}
}

// near reports whether x is y to rounding, or both are not finite.
func near(x, y float64) bool {
	return math.Abs(x-y) <= 1e-12*max(1, math.Abs(y)) || x-x != 0 && y-y != 0
}

// epidemicLaw is the exact law of the epidemic of models/sir without policies.
type epidemicLaw struct {
	neighbours        [][]int
	beta, gamma, seed float64
}

// expected returns E[f(number ever infected)] after the steps, by following the
// probabilities of all states: agent i is in state s/3^i mod 3, 0 if susceptible,
// 1 if infected.
func (l epidemicLaw) expected(steps int, f func(ever float64) float64) float64 {
	n := len(l.neighbours)
	states := int(math.Pow(3, float64(n)))
	now := make([]float64, states)
	l.spread(now, 1, 0, 0, func(int) [3]float64 { return [3]float64{1 - l.seed, l.seed, 0} })
	for range steps {
		next := make([]float64, states)
		for s, p := range now {
			l.spread(next, p, 0, 0, func(i int) [3]float64 { return l.moves(digits(s, n), i) })
		}
		now = next
	}
	sum := 0.0
	for s, p := range now {
		ever := 0.0
		for _, d := range digits(s, n) {
			if d > 0 {
				ever++
			}
		}
		sum += p * f(ever)
	}
	return sum
}

// spread adds probability p to the states that agents i and up may reach.
func (l epidemicLaw) spread(to []float64, p float64, i, state int, moves func(i int) [3]float64) {
	if i == len(l.neighbours) {
		to[state] += p
		return
	}
	for d, q := range moves(i) {
		if q > 0 {
			l.spread(to, p*q, i+1, state+d*int(math.Pow(3, float64(i))), moves)
		}
	}
}

// moves returns the probabilities of agent i's next states.
func (l epidemicLaw) moves(now []int, i int) [3]float64 {
	sick := 0.0
	for _, j := range l.neighbours[i] {
		if now[j] == 1 {
			sick++
		}
	}
	stay := math.Exp(-l.beta * sick / float64(len(l.neighbours[i])))
	switch recover := 1 - math.Exp(-l.gamma); now[i] {
	case 0:
		return [3]float64{stay, 1 - stay, 0}
	case 1:
		return [3]float64{0, 1 - recover, recover}
	}
	return [3]float64{0, 0, 1}
}

func digits(s, n int) []int {
	d := make([]int, n)
	for i := range d {
		d[i], s = s%3, s/3
	}
	return d
}

// lossSlopes returns the exact derivatives of E[(ever − 1.5)²] on the path of four
// agents in beta, gamma and the seed.
func lossSlopes(steps int) []float64 {
	theta := []float64{.8, .3, .25}
	value := func() float64 {
		l := epidemicLaw{[][]int{{1}, {0, 2}, {1, 3}, {2}}, theta[0], theta[1], theta[2]}
		return l.expected(steps, func(ever float64) float64 { return (ever - 1.5) * (ever - 1.5) })
	}
	slopes := make([]float64, len(theta))
	for k, v := range theta {
		const h = 1e-4
		theta[k] = v + h
		up := value()
		theta[k] = v - h
		slopes[k] = (up - value()) / (2 * h)
		theta[k] = v
	}
	return slopes
}

// The law itself gives the known expectation.
func TestEpidemicLaw(t *testing.T) {
	l := epidemicLaw{[][]int{{1}, {0, 2}, {1, 3}, {2}}, .8, .3, .25}
	if got := l.expected(5, func(ever float64) float64 { return ever }); math.Abs(got-2.009180544214) > 1e-11 {
		t.Errorf("%.12f ever infected", got)
	}
}

// Of a nonlinear loss the estimators that take differences of it are unbiased,
// and straight-through, which takes its slope, is not.
func TestLossIsUnbiased(t *testing.T) {
	const steps = 3
	exact := lossSlopes(steps)
	p, err := gradient.NewProblem(smallEpidemic(t, path4, steps), 5, "transmission", "recovery", "initial")
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []struct {
		estimator gradient.Estimator
		samples   int
		biased    bool
	}{
		{estimator: gradient.Flip{Flips: 5}, samples: 10_000},
		{estimator: gradient.Flip{Flips: 5, Side: gradient.RightSide}, samples: 10_000},
		{estimator: gradient.Debiased{Flips: 5}, samples: 8_000},
		{estimator: gradient.Debiased{Flips: 5, Surrogate: gradient.ByStraightThrough}, samples: 8_000},
		{estimator: gradient.Score{}, samples: 6_000},
		{estimator: gradient.ResamplePair{Pairs: 5}, samples: 8_000},
		{estimator: gradient.FiniteDifference{RelativeStep: 0.1}, samples: 8_000},
		{estimator: gradient.StraightThrough{}, samples: 10_000, biased: true},
	} {
		t.Run(who.estimator.Name(), func(t *testing.T) {
			m, err := gradient.Collect(context.Background(), p, gradient.Loss{Objective: distance, Estimator: who.estimator},
				gradient.Sampling{Samples: who.samples, Workers: 2})
			if err != nil {
				t.Fatal(err)
			}
			worst := 0.0
			for k, want := range exact {
				z := (m.Mean[k] - want) / m.SE(k)
				t.Logf("d/d%s = %.4f ± %.4f, exactly %.4f", p.Setup.Model.Parameters[p.Active[k]].Name, m.Mean[k], m.SE(k), want)
				worst = max(worst, math.Abs(z))
				if m.SE(k) > 0.1*math.Abs(want) && !who.biased {
					t.Errorf("± %.2g is too coarse", m.SE(k))
				}
			}
			if who.biased != (worst > 4) {
				t.Errorf("largest |z| %.1f", worst)
			}
		})
	}
}

// Straight-through tells 2N²p of the squared sum of N draws, which is N(1−2p) too
// little.
func TestLossOfStraightThrough(t *testing.T) {
	const n, p0 = 5, 0.3
	m := toy("coins", []string{"p"}, []string{"heads"}, func(w *abm.World) []ad.Num {
		sum := ad.Num{}
		for i := range n {
			sum = sum.Add(w.Bernoulli(abm.Purpose(i), w.Param("p")))
		}
		return []ad.Num{sum}
	})
	p := problem(t, m, p0)
	square := func(series, adjoint []float64) float64 {
		if adjoint != nil {
			adjoint[0] = 2 * series[0]
		}
		return series[0] * series[0]
	}
	for _, who := range []struct {
		estimator gradient.Estimator
		want      float64
	}{
		{gradient.StraightThrough{}, 2 * n * n * p0},
		{gradient.Smoothed{}, n*(1-2*p0) + 2*n*n*p0}, // the trapezoid rule is exact
		{gradient.Flip{Flips: 3}, n*(1-2*p0) + 2*n*n*p0},
		{gradient.Debiased{Flips: 3}, n*(1-2*p0) + 2*n*n*p0},
		{gradient.Score{}, n*(1-2*p0) + 2*n*n*p0},
	} {
		m, err := gradient.Collect(context.Background(), p, gradient.Loss{Objective: square, Estimator: who.estimator},
			gradient.Sampling{Samples: 20_000})
		if err != nil {
			t.Fatal(err)
		}
		if z := (m.Mean[0] - who.want) / m.SE(0); !(math.Abs(z) < 4) || m.SE(0) > 0.02*who.want {
			t.Errorf("%s: %.3f ± %.3f, want %.3f", who.estimator.Name(), m.Mean[0], m.SE(0), who.want)
		}
	}
}
