package calibrate

import (
	"context"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// The target of these tests: y = (1, −.4) seen with noise of variance ¼ at
// (a+b, a−b), with standard normal priors. With q = N(m, diag e^(2s)),
//
//	F = Σ (y − A·m)²/2v + Σ e^(2s)·|A_k|²/2v + Σ ½(m² + e^(2s) − 1) − s + constant.
const seenVariance = 0.25

func seen(theta, grad []float64) float64 {
	r, t := 1-(theta[0]+theta[1]), -0.4-(theta[0]-theta[1])
	if grad != nil {
		grad[0], grad[1] = (r+t)/seenVariance, (r-t)/seenVariance
	}
	return -(r*r + t*t) / (2 * seenVariance)
}

// exactGradient is ∂F/∂(m, s).
func exactGradient(phi []float64) []float64 {
	m, slope := phi[:2], make([]float64, 2)
	seen(m, slope)
	g := make([]float64, 4)
	for k := range 2 {
		scale := math.Exp(2 * phi[2+k])
		g[k], g[2+k] = m[k]-slope[k], scale*2/seenVariance+scale-1
	}
	return g
}

// optimum is where the gradient vanishes: q is the posterior.
var optimum = []float64{0.3 * 8 / 9, 0.7 * 8 / 9, math.Log(1. / 3), math.Log(1. / 3)}

// smoothGradients are the estimators for priors without discrete parameters.
func smoothGradients() []Gradient {
	return slices.DeleteFunc(Gradients(), func(g Gradient) bool { return g == Mixed })
}

// estimates returns n estimates of ∂F/∂φ at φ, a row a parameter.
func estimates(t *testing.T, g Gradient, phi []float64, n int) [][]float64 {
	t.Helper()
	normal, _ := prior.NewNormal(0, 1)
	a, _ := prior.NewCoordinate("a", normal)
	b, _ := prior.NewCoordinate("b", normal)
	joint, err := prior.NewJoint(a, b)
	if err != nil {
		t.Fatal(err)
	}
	trainer, err := NewTrainer(Problem{joint, LogLikelihood(seen), 1}, Options{
		Flow: flow.Options{Kind: flow.MeanField}, Gradient: g, Steps: 1, Draws: 5, Warmup: 1, KLDraws: 8, Seed: 4, Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer trainer.Close()
	copy(trainer.flow.Params(), phi)
	rows := matrix(len(phi), n)
	for i := range n {
		clear(trainer.grad)
		trainer.sample(trainer.kl, trainer.flow, drawKL, i+2)
		if err := trainer.fit(context.Background(), i+2, new(Step)); err != nil {
			t.Fatal(err)
		}
		for k, v := range trainer.grad {
			rows[k][i] = v
		}
	}
	return rows
}

// Every estimator is right on average, in every parameter of q; VarGrad is
// (S−1)/S of it.
func TestEstimatorsAreUnbiased(t *testing.T) {
	phi := []float64{0.5, 0.2, -0.6, -1.2}
	const n = 6000
	for _, g := range smoothGradients() {
		want := exactGradient(phi)
		if g == VarGrad {
			floats.Scale(4./5, want)
		}
		for k, x := range estimates(t, g, phi, n) {
			mean, sd := stat.MeanStdDev(x, nil)
			if z := (mean - want[k]) / (sd / math.Sqrt(n)); !(math.Abs(z) < 4) {
				t.Errorf("%s, parameter %d: %.4f on average, want %.4f (z = %.1f)", g, k, mean, want[k], z)
			}
		}
	}
}

// At the posterior sticking the landing and the estimators with a baseline have
// no noise; away from it following the draws is the least noisy and the score
// without a baseline the noisiest.
func TestNoiseOfEstimators(t *testing.T) {
	noise := func(g Gradient, phi []float64) (sum float64) {
		for _, x := range estimates(t, g, phi, 500) {
			sum += stat.Variance(x[1:], nil) // the first has no moments to balance by
		}
		return sum
	}
	for _, g := range []Gradient{StickingTheLanding, LeaveOneOut, VarGrad} {
		if v := noise(g, optimum); v > 1e-20 {
			t.Errorf("%s has variance %g at the posterior", g, v)
		}
	}
	for _, g := range []Gradient{Pathwise, Reinforce} {
		if v := noise(g, optimum); v < 0.1 {
			t.Errorf("%s has variance %g at the posterior, which is too good to be true", g, v)
		}
	}
	away := []float64{0.5, 0.2, -0.6, -1.2}
	order := []Gradient{StickingTheLanding, LeaveOneOut, Reinforce}
	for i, g := range order[1:] {
		if less, more := noise(order[i], away), noise(g, away); !(2*less < more) {
			t.Errorf("%s has variance %g, %s %g", order[i], less, g, more)
		}
	}
}

func TestVarGradPointsAsLeaveOneOut(t *testing.T) {
	phi := []float64{0.5, 0.2, -0.6, -1.2}
	full, less := estimates(t, LeaveOneOut, phi, 20), estimates(t, VarGrad, phi, 20)
	for k := range full {
		floats.Scale(4./5, full[k])
		if !floats.EqualApprox(full[k], less[k], 1e-12) {
			t.Errorf("parameter %d: %v and %v", k, full[k], less[k])
		}
	}
}

// The score estimators never ask for the gradient of the loss.
func TestScoreEstimatorsNeedNoGradient(t *testing.T) {
	for _, g := range Gradients() {
		want := g == StickingTheLanding || g == Pathwise || g == Mixed
		if g.Differentiates() != want {
			t.Errorf("%s differentiates the loss: %v", g, !want)
		}
	}
}

func TestUnknownGradient(t *testing.T) {
	for _, o := range []Options{{Gradient: "pathwize", Draws: 5}, {Gradient: LeaveOneOut, Draws: 1}} {
		if _, err := o.estimator(); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	var g Gradient
	if err := g.UnmarshalText([]byte("vargrad")); err != nil || g != VarGrad {
		t.Errorf("%q, %v", g, err)
	}
	if err := g.UnmarshalText([]byte("VarGrad")); err == nil {
		t.Error("names are written in lower case")
	}
}
