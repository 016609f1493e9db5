package prior

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// checkBlock tests everything that must hold for any block. free lists the
// parameters that count in the log-determinant; logPrior is log π(θ).
func checkBlock(t *testing.T, b Block, free []int, logPrior func(theta []float64) float64) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		z := vector(t, "z", b.Dim(), 3)
		theta := make([]float64, len(b.Names()))
		logDet := b.Constrain(theta, z)
		checkJacobian(t, b, free, z, logDet)

		grad := make([]float64, b.Dim())
		logp := b.LogDensity(grad, z)
		if want := logPrior(theta) + logDet; !near(logp, want, 1e-9) || b.LogDensity(nil, z) != logp {
			t.Errorf("log π̃(%v) = %v, want %v", z, logp, want)
		}
		want := fd.Gradient(nil, func(z []float64) float64 { return b.LogDensity(nil, z) }, z,
			&fd.Settings{Formula: fd.Central})
		checkNear(t, "gradient of log π̃", grad, want, 1e-6)

		back := make([]float64, b.Dim())
		b.Unconstrain(back, theta)
		checkNear(t, "inverse", back, z, 1e-8)
	})
	checkDraws(t, b)
}

// checkJacobian tests log-determinant and reverse mode against differences.
func checkJacobian(t *rapid.T, b Block, free []int, z []float64, logDet float64) {
	n, dim := len(b.Names()), b.Dim()
	jac := mat.NewDense(n, dim, nil)
	fd.Jacobian(jac, func(y, x []float64) { b.Constrain(y, x) }, z, &fd.JacobianSettings{Formula: fd.Central, Step: 1e-6})
	square := mat.NewDense(dim, dim, nil)
	for row, i := range free {
		square.SetRow(row, mat.Row(nil, i, jac))
	}
	if want, _ := mat.LogDet(square); !near(logDet, want, 1e-5) {
		t.Errorf("log|det| at %v is %v, want %v", z, logDet, want)
	}
	theta, zbar := make([]float64, n), make([]float64, dim)
	thetabar := vector(t, "θ̄", n, 2)
	b.Constrain(theta, z)
	b.Pull(zbar, z, theta, thetabar)
	want := mat.NewVecDense(dim, nil)
	want.MulVec(jac.T(), mat.NewVecDense(n, thetabar))
	checkNear(t, "reverse mode", zbar, want.RawVector().Data, 1e-5)
}

// checkDraws compares prior draws with the marginals (Kolmogorov–Smirnov) and
// their z with the standardisation.
func checkDraws(t *testing.T, b Block) {
	t.Helper()
	const n = 4000
	rng := rand.New(rand.NewPCG(1, 2))
	u, theta, z := make([]float64, b.Dim()), make([]float64, len(b.Names())), make([]float64, b.Dim())
	ranks, zs := make([][]float64, len(theta)), make([][]float64, len(z))
	for range n {
		for i := range u {
			u[i] = rng.Float64()
		}
		b.Draw(theta, u)
		for i, x := range theta {
			ranks[i] = append(ranks[i], b.Marginal(i).CDF(x))
		}
		b.Unconstrain(z, theta)
		for i := range z {
			zs[i] = append(zs[i], z[i])
		}
	}
	for i, name := range b.Names() {
		if d := distanceFromUniform(ranks[i]); d*math.Sqrt(n) > 2.2 { // p ≈ 1e-4
			t.Errorf("%s: draws are %v away from %v", name, d, b.Marginal(i))
		}
	}
	for i := range zs {
		slices.Sort(zs[i])
		median := stat.Quantile(0.5, stat.Empirical, zs[i], nil)
		spread := 0.5 * (stat.Quantile(oneSigma, stat.Empirical, zs[i], nil) - stat.Quantile(1-oneSigma, stat.Empirical, zs[i], nil))
		if math.Abs(median) > 0.1 || math.Abs(spread-1) > 0.1 {
			t.Errorf("coordinate %d has median %v and robust sd %v", i, median, spread)
		}
	}
}

// distanceFromUniform returns the largest gap between the empirical and the
// uniform distribution function.
func distanceFromUniform(u []float64) float64 {
	slices.Sort(u)
	n, d := float64(len(u)), 0.0
	for i, x := range u {
		d = max(d, x-float64(i)/n, float64(i+1)/n-x)
	}
	return d
}
