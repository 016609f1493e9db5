package calibrate

import (
	"context"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// The target of these tests: two measurements with variance ¼, 2.1 of a + k/2 and
// 0.4 of k/2 − a/2, where k is one of 0 … 5 and a standard normal.
func counted(theta, grad []float64) float64 {
	a, k := theta[0], theta[1]
	r, s := 2.1-a-k/2, 0.4-k/2+a/2
	if grad != nil {
		grad[0], grad[1] = (r-s/2)/seenVariance, math.NaN() // nobody asks for the second
	}
	return -(r*r + s*s) / (2 * seenVariance)
}

// countedPrior is the prior of a and k; the coordinate of k comes first.
func countedPrior(t *testing.T) *prior.Joint {
	t.Helper()
	normal, _ := prior.NewNormal(0, 1)
	a, _ := prior.NewCoordinate("a", normal)
	law, _ := prior.NewInteger(0, 5, nil)
	k, _ := prior.NewDiscrete("k", law)
	j, err := prior.NewJoint(a, k)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// countedTrainer trains a small flow from parameters that are far from the
// posterior's.
func countedTrainer(t *testing.T, g Gradient) *Trainer {
	t.Helper()
	trainer, err := NewTrainer(Problem{countedPrior(t), LogLikelihood(counted), 1}, Options{
		Flow: flow.Options{Kind: flow.Affine, Layers: 1, Hidden: 3, Blocks: 1}, Gradient: g, Steps: 1, Draws: 5, Warmup: 1, KLDraws: 8, Seed: 4, Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(trainer.Close)
	luck := rng.Seed{Master: 8}.Stream(rng.Key{})
	for i := range trainer.flow.Params() {
		scale := 0.3
		if i < trainer.flow.LeadingParams() {
			scale = 0.1 // or the kinks of the splines would ask too much of a quadrature
		}
		trainer.flow.Params()[i] += scale * luck.Normal()
	}
	return trainer
}

// trained returns n estimates of ∂F/∂φ, a row a parameter.
func trained(t *testing.T, trainer *Trainer, n int) [][]float64 {
	t.Helper()
	rows := matrix(len(trainer.grad), n)
	for i := range n {
		clear(trainer.grad)
		trainer.state.VarA, trainer.state.CovA = 1e9, 0.4e9 // a part of the divergence from each batch
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

// exactSlope is ∂F/∂φ = ∫ q·f·∂log q/∂φ dz by quadrature: between the edges of k's
// cells, where f has no jumps, and evenly over a.
func exactSlope(trainer *Trainer) []float64 {
	const fine, even, width = 160, 80, 14.0
	j, f := trainer.problem.Prior, trainer.flow
	edges := []float64{-7, -4, -3, -2}
	for k := range 5 {
		edges = append(edges, math.Sqrt2*math.Erfinv(2*float64(k+1)/6-1))
	}
	edges = append(edges, 2, 3, 4, 7)
	grad := make([]float64, len(f.Params()))
	b := newBatch(f, even)
	points, theta, x, w := make([]float64, 2*even), make([]float64, 2), make([]float64, fine), make([]float64, fine)
	for piece := range len(edges) - 1 {
		quad.Legendre{}.FixedLocations(x, w, edges[piece], edges[piece+1])
		for i := range x {
			for s := range even {
				points[2*s], points[2*s+1] = x[i], width*((float64(s)+0.5)/even-0.5)
			}
			f.Density(b.tape, points)
			f.Score(b.tape)
			b.clear()
			for s := range even {
				z := b.row(b.tape.Z, s)
				j.Constrain(theta, z)
				value := b.tape.LogQ[s] - j.LogDensity(nil, z) - counted(theta, nil)
				b.weigh(s, w[i]*width/even*math.Exp(b.tape.LogQ[s])*value)
			}
			f.Backward(grad, b.tape, b.zBar, b.qBar)
		}
	}
	return grad
}

// zScores compares the means of the rows with what they should be, leaving out
// what hardly a draw ever moves, such as the outermost bins of a spline.
func zScores(rows [][]float64, want []float64) []float64 {
	var z, spread []float64
	for _, x := range rows {
		spread = append(spread, stat.StdDev(x, nil))
	}
	for k, x := range rows {
		if spread[k] > 0.02*floats.Max(spread) {
			z = append(z, (stat.Mean(x, nil)-want[k])/(spread[k]/math.Sqrt(float64(len(x)))))
		}
	}
	return z
}

// The mixed estimator is right on average in every parameter of both stages, and
// so is the leave-one-out one; mixed is by far the less noisy in the second stage.
func TestMixedIsUnbiasedAndQuiet(t *testing.T) {
	const n = 1500
	noise := map[Gradient][]float64{}
	for _, g := range []Gradient{Mixed, LeaveOneOut} {
		trainer := countedTrainer(t, g)
		want, rows := exactSlope(trainer), trained(t, trainer, n)
		z := zScores(rows, want)
		if len(z) < 50 || !(floats.Max(z) < 4 && floats.Min(z) > -4) {
			t.Errorf("%s: z-scores of %d parameters from %.1f to %.1f", g, len(z), floats.Min(z), floats.Max(z))
		}
		t.Logf("%s: %d parameters, z from %.2f to %.2f, root mean square %.2f", g, len(z), floats.Min(z), floats.Max(z), floats.Norm(z, 2)/math.Sqrt(float64(len(z))))
		for _, x := range rows {
			noise[g] = append(noise[g], stat.Variance(x[1:], nil))
		}
	}
	second := countedTrainer(t, Mixed).flow.LeadingParams()
	for stage, part := range [][2]int{{0, second}, {second, len(noise[Mixed])}} {
		ratio := floats.Sum(noise[LeaveOneOut][part[0]:part[1]]) / floats.Sum(noise[Mixed][part[0]:part[1]])
		t.Logf("stage %d: leave-one-out has %.1f times the variance of mixed", stage+1, ratio)
		if stage == 1 && !(ratio > 3) {
			t.Errorf("leave-one-out has only %.1f times the variance of mixed where the loss has a slope", ratio)
		}
	}
}

// Estimators that follow the loss are refused where it jumps, mixed where it does
// not.
func TestGradientsSuitThePrior(t *testing.T) {
	normal, _ := prior.NewNormal(0, 1)
	a, _ := prior.NewCoordinate("a", normal)
	smooth, err := prior.NewJoint(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		prior   *prior.Joint
		g       Gradient
		refused string
	}{
		{smooth, "", ""}, {smooth, LeaveOneOut, ""}, {smooth, Mixed, "none"},
		{countedPrior(t), "", ""}, {countedPrior(t), Mixed, ""}, {countedPrior(t), VarGrad, ""},
		{countedPrior(t), StickingTheLanding, "jumps"}, {countedPrior(t), Pathwise, "jumps"},
	} {
		trainer, err := NewTrainer(Problem{x.prior, LogLikelihood(counted), 1}, Options{Gradient: x.g, Workers: 1})
		if err == nil {
			trainer.Close()
		}
		if (err == nil) != (x.refused == "") || err != nil && !strings.Contains(err.Error(), x.refused) {
			t.Errorf("%q: %v", x.g, err)
		}
	}
}
