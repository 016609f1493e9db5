package calibrate_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// divergence returns KL(q ‖ posterior) in nats by n draws, for a likelihood
// whose evidence is known.
func divergence(f *calibrate.Fitted, likelihood calibrate.LogLikelihood, logEvidence float64, n int) (kl float64) {
	draws := f.Draw(n, 2)
	for s, theta := range draws.Theta {
		kl += (draws.LogQ[s] - draws.LogPrior[s] - likelihood(theta, nil) + logEvidence) / float64(n)
	}
	return kl
}

func fitted(t *testing.T, p calibrate.Problem, o calibrate.Options) *calibrate.Fitted {
	t.Helper()
	f, _, err := calibrate.Fit(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The probability of a random walk that went up k times in 99 steps has, with a
// uniform prior, the posterior Beta(1+k, 100−k), also where it leans on a
// bound.
func TestFitOfARandomWalk(t *testing.T) {
	for _, k := range []float64{20, 97} {
		const n = 99
		walk := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
			if grad != nil {
				grad[0] = k/theta[0] - (n-k)/(1-theta[0])
			}
			return k*math.Log(theta[0]) + (n-k)*math.Log1p(-theta[0])
		})
		a, _ := math.Lgamma(k + 1)
		b, _ := math.Lgamma(n - k + 1)
		c, _ := math.Lgamma(n + 2)
		p := calibrate.Problem{Prior: joint(t, []string{"up"}, density(t)(prior.NewUniform(0, 1))), Target: walk, Weight: 1}
		f := fitted(t, p, calibrate.Options{Flow: flow.Options{Layers: 2, Hidden: 8, Blocks: 1}, Steps: 800, LearningRate: 0.01, KLDraws: 64, Warmup: 100, Validations: 8, ValidationDraws: 512, Seed: 1, Workers: 1})
		if kl := divergence(f, walk, a+b-c, 4000); !(math.Abs(kl) < 0.005) {
			t.Errorf("%g of %d: KL divergence from the exact posterior is %.4f nats", k, n, kl)
		}
	}
}

// linear is a Gaussian linear model y = Xθ + noise with standard normal priors
// in ten dimensions, and its evidence: y is normal with covariance XXᵀ + vI.
func linear(t *testing.T) (likelihood calibrate.LogLikelihood, logEvidence float64) {
	t.Helper()
	const n, d, v = 30, 10, 0.5
	luck := rng.Seed{Master: 7}.Stream(rng.Key{})
	x, y := mat.NewDense(n, d, nil), mat.NewVecDense(n, nil)
	for i := range n {
		for k := range d {
			x.Set(i, k, luck.Normal())
		}
		y.SetVec(i, x.At(i, 0)-x.At(i, 1)+math.Sqrt(v)*luck.Normal())
	}
	covariance := mat.NewSymDense(n, nil)
	covariance.SymOuterK(1, x)
	for i := range n {
		covariance.SetSym(i, i, covariance.At(i, i)+v)
	}
	var root mat.Cholesky
	if !root.Factorize(covariance) {
		t.Fatal("the covariance is not positive definite")
	}
	var solved mat.VecDense
	if err := root.SolveVecTo(&solved, y); err != nil {
		t.Fatal(err)
	}
	likelihood = func(theta, grad []float64) float64 {
		var r, g mat.VecDense
		r.MulVec(x, mat.NewVecDense(d, theta))
		r.SubVec(y, &r)
		if grad != nil {
			g.MulVec(x.T(), &r)
			for k := range grad {
				grad[k] = g.AtVec(k) / v
			}
		}
		return -mat.Dot(&r, &r)/(2*v) - n/2.*math.Log(2*math.Pi*v)
	}
	return likelihood, -mat.Dot(y, &solved)/2 - root.LogDet()/2 - n/2.*math.Log(2*math.Pi)
}

func TestFitOfALinearModel(t *testing.T) {
	likelihood, logEvidence := linear(t)
	var names []string
	for k := range 10 {
		names = append(names, string(rune('a'+k)))
	}
	p := calibrate.Problem{Prior: joint(t, names, density(t)(prior.NewNormal(0, 1))), Target: likelihood, Weight: 1}
	o := calibrate.Options{Flow: flow.Options{Kind: flow.FullRank}, LearningRate: 0.02, Warmup: 100, Validations: 4, Seed: 1, Workers: 1}
	if kl := divergence(fitted(t, p, o), likelihood, logEvidence, 4000); !(math.Abs(kl) < 0.02) {
		t.Errorf("KL divergence from the exact posterior is %.4f nats", kl)
	}
}

// The density of the fit at its draws is that which came with them; outside the
// support there is none.
func TestDensityOfAFit(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewUniform(-3, 3))), Target: calibrate.LogLikelihood(line), Weight: 1}
	f := fitted(t, p, calibrate.Options{Flow: flow.Options{Layers: 2, Hidden: 8}, Steps: 20, Warmup: 1, Seed: 1, Workers: 1})
	draws := f.Draw(20, 3)
	for s, theta := range draws.Theta {
		if got := f.LogDensity(theta); math.Abs(got-draws.LogQ[s]) > 1e-8 {
			t.Errorf("log density %g, with the draw came %g", got, draws.LogQ[s])
		}
	}
	if got := f.LogDensity([]float64{0, 4}); !math.IsInf(got, -1) {
		t.Errorf("log density %g outside the support", got)
	}
}

// A likelihood may be zero in part of the prior's support: a draw there is pushed
// back, so that the fit ends where the posterior does. This one is a half-normal.
func TestFitUpToAnEdge(t *testing.T) {
	edge := calibrate.LogLikelihood(func(theta, grad []float64) float64 {
		clear(grad)
		if theta[0] < 0 {
			return math.Inf(-1)
		}
		return 0
	})
	p := calibrate.Problem{Prior: joint(t, []string{"x"}, density(t)(prior.NewNormal(0, 1))), Target: edge, Weight: 1}
	f := fitted(t, p, calibrate.Options{Steps: 1000, Seed: 1, Workers: 1})
	beyond, mean := 0.0, 0.0
	for _, theta := range f.Draw(4000, 1).Theta {
		mean += theta[0] / 4000
		if theta[0] < 0 {
			beyond += 1. / 4000
		}
	}
	if want := math.Sqrt(2 / math.Pi); beyond > 0.04 || math.Abs(mean-want) > 0.06 {
		t.Errorf("%.1f %% of the draws beyond the edge, mean %.3f, want %.3f", 100*beyond, mean, want)
	}
}
