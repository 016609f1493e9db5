package mcmc_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// walk is the likelihood of k steps up among 99; with a uniform prior the
// posterior of the probability is Beta(1+k, 100−k).
func walk(k float64) calibrate.LogLikelihood {
	return func(theta, grad []float64) float64 {
		if grad != nil {
			grad[0] = k/theta[0] - (99-k)/(1-theta[0])
		}
		return k*math.Log(theta[0]) + (99-k)*math.Log1p(-theta[0])
	}
}

func TestRandomWalk(t *testing.T) {
	for _, kernel := range mcmc.Kernels() {
		for _, k := range []float64{20, 98} {
			s := sample(t, joint(t, uniform(t, 0, 1)), walk(k), mcmc.Options{Kernel: kernel, Seed: 1})
			a, b := 1+k, 100-k
			moments(t, s, 0, a/(a+b), math.Sqrt(a*b/(a+b+1))/(a+b))
		}
	}
}

// Steps so long that energy is off by much are made up for by the weights along
// the trajectory.
func TestLongSteps(t *testing.T) {
	flat := calibrate.LogLikelihood(func(_, grad []float64) float64 {
		clear(grad)
		return 0
	})
	s := sample(t, joint(t, normal(t, 0, 1), normal(t, 0, 1), normal(t, 0, 1)), flat, mcmc.Options{Accept: 0.3, Draws: 5000, Seed: 8})
	if a := acceptance(s); a > 0.6 {
		t.Errorf("acceptance %.2f", a)
	}
	for k := range 3 {
		moments(t, s, k, 0, 1)
	}
}

// linear is a likelihood of ten parameters of which neighbours hang together:
// precision matrix and mean of the posterior are known.
func linear(t *testing.T) (calibrate.LogLikelihood, *mat.VecDense, *mat.SymDense) {
	t.Helper()
	const n, d = 30, 10
	luck := rng.Seed{Master: 7}.Stream(rng.Key{})
	x, y := mat.NewDense(n, d, nil), mat.NewVecDense(n, nil)
	for i := range n {
		common := luck.Normal()
		for k := range d {
			x.Set(i, k, luck.Normal()+2*common)
		}
		y.SetVec(i, luck.Normal())
	}
	precision := mat.NewSymDense(d, nil)
	precision.SymOuterK(1, x.T())
	for k := range d {
		precision.SetSym(k, k, precision.At(k, k)+1)
	}
	var root mat.Cholesky
	root.Factorize(precision)
	var mean, xy mat.VecDense
	xy.MulVec(x.T(), y)
	if err := root.SolveVecTo(&mean, &xy); err != nil {
		t.Fatal(err)
	}
	covariance := mat.NewSymDense(d, nil)
	if err := root.InverseTo(covariance); err != nil {
		t.Fatal(err)
	}
	return func(theta, grad []float64) float64 {
		var r, g mat.VecDense
		r.MulVec(x, mat.NewVecDense(d, theta))
		r.SubVec(y, &r)
		if grad != nil {
			g.MulVec(x.T(), &r)
			copy(grad, g.RawVector().Data)
		}
		return -mat.Dot(&r, &r) / 2
	}, &mean, covariance
}

func TestLinearModelInTenDimensions(t *testing.T) {
	likelihood, mean, covariance := linear(t)
	var standard []prior.Density
	for range 10 {
		standard = append(standard, normal(t, 0, 1))
	}
	for _, metric := range mcmc.Metrics() {
		s := sample(t, joint(t, standard...), likelihood, mcmc.Options{Metric: metric, Seed: 1})
		for k := range 10 {
			moments(t, s, k, mean.AtVec(k), math.Sqrt(covariance.At(k, k)))
		}
		moment(t, "covariance", s, func(x []float64) float64 {
			return (x[0] - mean.AtVec(0)) * (x[1] - mean.AtVec(1))
		}, covariance.At(0, 1))
		t.Logf("%s: %.1f gradients an effective draw, acceptance %.2f, all %+v", metric, perEffectiveDraw(s, 0), acceptance(s), s.Work)
	}
}

// banana has x normal and y about x² − 1 with a standard deviation: the
// likelihood takes the prior of y, N(0, 3²), back.
func banana(sd float64) calibrate.LogLikelihood {
	return func(theta, grad []float64) float64 {
		x, y := theta[0], theta[1]
		r := (y - x*x + 1) / sd
		if grad != nil {
			grad[0], grad[1] = 2*x*r/sd, -r/sd+y/9
		}
		return -r*r/2 + y*y/18
	}
}

func TestBanana(t *testing.T) {
	for _, kernel := range mcmc.Kernels() {
		o := mcmc.Options{Kernel: kernel, Draws: 1500, Seed: 2}
		s := sample(t, joint(t, normal(t, 0, 1), normal(t, 0, 3)), banana(1), o)
		moments(t, s, 0, 0, 1)
		moments(t, s, 1, 0, math.Sqrt(3))
		moment(t, "covariance of x² and y", s, func(x []float64) float64 { return x[0] * x[0] * x[1] }, 2)
	}
}

// A step that suits the bend of a thin banana is too long for its ends.
func TestDivergencesAreSeen(t *testing.T) {
	s := sample(t, joint(t, normal(t, 0, 1), normal(t, 0, 3)), banana(0.1), mcmc.Options{Seed: 2})
	n := 0
	for _, c := range s.Chains {
		for _, d := range c.Draws {
			if d.Diverging {
				n++
			}
		}
	}
	if n == 0 {
		t.Error("no trajectory diverges")
	}
}

// stairs jumps in steps of an eighth: its gradient is zero but where it does not
// exist. It is given that of the slope on which the steps lie.
func stairs(theta, grad []float64) float64 {
	x := math.Round(theta[0]*8) / 8
	if grad != nil {
		grad[0] = -(theta[0] - 0.5) / 0.04
	}
	return -(x - 0.5) * (x - 0.5) / 0.08
}

// The gradient of a smooth stand-in costs acceptance and does not bias.
func TestGradientOfAStandIn(t *testing.T) {
	weight, mean, square := 0.0, 0.0, 0.0
	const h = 1e-4
	for x := -6.0; x < 6; x += h {
		w := math.Exp(-x*x/2 + stairs([]float64{x}, nil))
		weight += w
		mean += w * x
		square += w * x * x
	}
	mean /= weight
	for _, o := range []mcmc.Options{{Draws: 4000, Seed: 3}, {Kernel: mcmc.Metropolis, Seed: 3}} {
		s := sample(t, joint(t, normal(t, 0, 1)), calibrate.LogLikelihood(stairs), o)
		moments(t, s, 0, mean, math.Sqrt(square/weight-mean*mean))
		t.Logf("acceptance %.2f, %.1f steps an effective draw", acceptance(s), perEffectiveDraw(s, 0))
	}
}

// noisy is a target with a loss that its luck shifts, not finite beyond 2, and a
// gradient that is not finite below −1.
type noisy struct{}

func (noisy) Evaluator([]string) (calibrate.Evaluator, error) { return noisy{}, nil }

func (noisy) Evaluate(theta []float64, luck uint64, grad []float64) (calibrate.Evaluation, error) {
	x := theta[0]
	centre := float64(luck)
	if grad != nil {
		grad[0] = x - centre
		if x < -1 {
			grad[0] = math.NaN()
		}
	}
	if x > 2 {
		return calibrate.Evaluation{Loss: math.Inf(1), Runs: 3}, nil
	}
	return calibrate.Evaluation{Loss: (x - centre) * (x - centre) / 2, Runs: 3}, nil
}

func (noisy) Close() {}

// The loss is the mean over the lucks: 0 and 1 centre it at a half. Beyond 2
// there is no density, which is counted.
func TestFixedLuck(t *testing.T) {
	s := sample(t, joint(t, normal(t, 0, 1)), noisy{}, mcmc.Options{Lucks: 2, Draws: 1000, Seed: 4})
	// N(1/4, 1/2) cut off at 2.
	beta := (2 - 0.25) * math.Sqrt2
	hazard := math.Exp(-beta*beta/2) / math.Sqrt(2*math.Pi) / (math.Erfc(-beta/math.Sqrt2) / 2)
	moments(t, s, 0, 0.25-hazard*math.Sqrt(0.5), math.Sqrt(0.5*(1-beta*hazard-hazard*hazard)))
	w := s.Work
	if w.NonFinite == 0 || w.Lame == 0 || w.Runs != 6*(w.Values+w.Gradients) {
		t.Errorf("%+v", w)
	}
}

func TestChainsThatDoNotMixAreSeen(t *testing.T) {
	modes := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
		x := theta[0]
		if grad != nil {
			grad[0] = -(x - math.Copysign(4, x)) / 0.01
		}
		return -(math.Abs(x) - 4) * (math.Abs(x) - 4) / 0.02
	})
	for _, kernel := range mcmc.Kernels() {
		s := sample(t, joint(t, uniform(t, -8, 8)), modes, mcmc.Options{Kernel: kernel, Starts: 1, Seed: 5})
		if r := mcmc.RHat(s.Column(0)); !(r > 1.5) {
			t.Errorf("%s: R̂ = %.2f of chains in two modes", kernel, r)
		}
	}
}

func TestResultDoesNotDependOnWorkers(t *testing.T) {
	for _, kernel := range mcmc.Kernels() {
		o := mcmc.Options{Kernel: kernel, Chains: 3, Warmup: 60, Draws: 20, Seed: 6}
		var first *mcmc.Sample
		for _, o.Workers = range []int{1, 2, 5} {
			s := sample(t, joint(t, normal(t, 0, 1), normal(t, 0, 3)), banana(1), o)
			s.Options.Workers = 0
			if first == nil {
				first = s
			}
			if diff := cmp.Diff(first, s); diff != "" {
				t.Fatal(diff)
			}
		}
	}
}

// The mean of the logarithm of the steps, which is kept, accepts somewhat more
// than the target where the acceptance falls steeply.
func TestAcceptanceMeetsItsTarget(t *testing.T) {
	likelihood, _, _ := linear(t)
	var standard []prior.Density
	for range 10 {
		standard = append(standard, normal(t, 0, 1))
	}
	for _, o := range []mcmc.Options{{Accept: 0.65}, {Accept: 0.95}, {Kernel: mcmc.Metropolis, Accept: 0.2}, {Kernel: mcmc.Metropolis, Accept: 0.5}} {
		o.Warmup, o.Draws, o.Seed = 1000, 300, 7
		s := sample(t, joint(t, standard...), likelihood, o)
		if a := acceptance(s); a < o.Accept-0.05 || a > o.Accept+0.16 {
			t.Errorf("%s accepts %.2f, should %.2f", s.Options.Kernel, a, o.Accept)
		}
	}
}

func TestProblemsThatCannotBeSampled(t *testing.T) {
	never := calibrate.LogLikelihood(func(_, _ []float64) float64 { return math.NaN() })
	p := calibrate.Problem{Prior: joint(t, normal(t, 0, 1)), Target: never, Weight: 1}
	for want, o := range map[string]mcmc.Options{
		"none of 100 prior draws has a finite loss": {},
		"must be positive":                          {Chains: -1},
		"unknown kernel":                            {Kernel: "gibbs"},
		"between 0 and 1":                           {Accept: 2},
	} {
		if _, err := mcmc.Run(t.Context(), p, o, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
