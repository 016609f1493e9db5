package flow

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// goldenFlow is the golden 4-layer flow on three coordinates, with a tape that
// holds the golden draws.
type goldenFlow struct {
	Params       namedParams
	Permutations [][]int
	Eps          flat
	Sample       flat
	LogQ         flat    `json:"log_q_from_sampling"`
	LogProb      flat    `json:"log_prob_of_sample"`
	KL           float64 `json:"kl_mc"`
	Total        flat    `json:"grad_kl_pathwise_total"`
	Path         flat    `json:"grad_kl_path_stl"`
	LeaveOneOut  flat    `json:"grad_kl_rloo"`

	flow *Flow
	tape *Tape
}

func loadGoldenFlow(t *testing.T) *goldenFlow {
	g := &goldenFlow{}
	goldenCase(t, "flow_D3_L4_H8", g)
	f, err := FromState(State{
		Dim: 3, Options: Options{Hidden: 8}, Permutations: g.Permutations, Params: g.Params.flat(),
	})
	if err != nil {
		t.Fatal(err)
	}
	g.flow, g.tape = f, f.NewTape(len(g.LogQ))
	f.Sample(g.tape, g.Eps)
	return g
}

// logTarget is the golden target −½Σ(x−m)²/v and its gradient.
func logTarget(grad, z []float64) float64 {
	mean, variance := [3]float64{0.3, -0.2, 0.5}, [3]float64{0.5, 1, 2}
	var l float64
	for d, v := range z {
		grad[d] = -(v - mean[d]) / variance[d]
		l += 0.5 * (v - mean[d]) * grad[d]
	}
	return l
}

// integrand returns f = log q − log p at the tape's draws and ∇log p.
func (g *goldenFlow) integrand() (f, targetGrad []float64) {
	f, targetGrad = make([]float64, len(g.tape.LogQ)), make([]float64, len(g.tape.Z))
	for s, logQ := range g.tape.LogQ {
		f[s] = logQ - logTarget(row(targetGrad, s, 3), row(g.tape.Z, s, 3))
	}
	return f, targetGrad
}

func (g *goldenFlow) checkGradient(t *testing.T, want flat, zBar, logqBar []float64) {
	t.Helper()
	grad := make([]float64, len(g.flow.Params()))
	g.flow.Backward(grad, g.tape, zBar, logqBar)
	floats.Scale(1/float64(len(g.LogQ)), grad)
	assertClose(t, "gradient", grad, want, 1e-10, 1e-2)
}

func TestFlowGoldenDraws(t *testing.T) {
	g := loadGoldenFlow(t)
	assertClose(t, "z", g.tape.Z, g.Sample, 1e-10, 1e-3)
	assertClose(t, "log q", g.tape.LogQ, g.LogQ, 1e-10, 1e-3)
	f, _ := g.integrand()
	assertClose(t, "KL", []float64{stat.Mean(f, nil)}, []float64{g.KL}, 1e-10, 1)

	g.flow.Density(g.tape, g.Sample)
	assertClose(t, "log q by inversion", g.tape.LogQ, g.LogProb, 1e-10, 1e-3)
	assertClose(t, "ε by inversion", g.tape.Eps, g.Eps, 1e-10, 1e-3)
}

func TestGoldenTotalGradient(t *testing.T) {
	g := loadGoldenFlow(t)
	f, targetGrad := g.integrand()
	floats.Scale(-1, targetGrad)
	ones := make([]float64, len(f))
	floats.AddConst(1, ones)
	g.checkGradient(t, g.Total, targetGrad, ones)
}

func TestGoldenPathGradient(t *testing.T) {
	g := loadGoldenFlow(t)
	_, targetGrad := g.integrand()
	g.flow.Score(g.tape)
	g.checkGradient(t, g.Path, floats.SubTo(targetGrad, g.tape.Score, targetGrad), nil)
}

func TestGoldenLeaveOneOutGradient(t *testing.T) {
	g := loadGoldenFlow(t)
	f, _ := g.integrand()
	g.flow.Score(g.tape)
	n := float64(len(f))
	floats.AddConst(-stat.Mean(f, nil), f)
	floats.Scale(n/(n-1), f)
	zBar := slices.Clone(g.tape.Score)
	for s, w := range f {
		floats.Scale(-w, row(zBar, s, 3))
	}
	g.checkGradient(t, g.LeaveOneOut, zBar, f)
}

func TestDensityInvertsSample(t *testing.T) {
	for name, f := range families(4) {
		sampled, inverted := f.NewTape(20), f.NewTape(20)
		f.Sample(sampled, normals(7, 80))
		f.Density(inverted, sampled.Z)
		assertClose(t, name+" ε", inverted.Eps, sampled.Eps, 1e-8, 1)
		assertClose(t, name+" log q", inverted.LogQ, sampled.LogQ, 1e-8, 1)

		f.Score(sampled)
		f.Score(inverted)
		assertClose(t, name+" score", inverted.Score, sampled.Score, 1e-7, 1)

		got, want := make([]float64, len(f.Params())), make([]float64, len(f.Params()))
		f.Backward(got, inverted, sampled.Z, sampled.LogQ)
		f.Backward(want, sampled, sampled.Z, sampled.LogQ)
		assertClose(t, name+" gradient", got, want, 1e-6, 1)
	}
}

// The density of a flow of few dimensions integrates to one.
func TestDensityIsNormalised(t *testing.T) {
	const from, to, n = -12.0, 12.0, 200
	var grid []float64
	for i := range n {
		for j := range n {
			grid = append(grid, from+(to-from)*float64(i)/n, from+(to-from)*float64(j)/n)
		}
	}
	for _, kind := range Kinds() {
		f := New(2, Options{Kind: kind, Layers: 2, Hidden: 7}, uniforms(9))
		tape := f.NewTape(n * n)
		f.Density(tape, grid)
		var sum float64
		for _, l := range tape.LogQ {
			sum += math.Exp(l)
		}
		if mass := sum * (to - from) * (to - from) / n / n; math.Abs(mass-1) > 1e-3 {
			t.Errorf("%s: mass %g", kind, mass)
		}
	}
}

func TestScoreAgainstFiniteDifferences(t *testing.T) {
	for name, f := range families(4) {
		tape, one := f.NewTape(3), f.NewTape(1)
		f.Sample(tape, normals(11, 12))
		f.Score(tape)
		logQ := func(z []float64) float64 { f.Density(one, z); return one.LogQ[0] }
		for s := range 3 {
			want := fd.Gradient(nil, logQ, row(tape.Z, s, 4), &fd.Settings{Formula: fd.Central, Step: 1e-6})
			assertClose(t, name, row(tape.Score, s, 4), want, 1e-5, 1)
		}
	}
}

func TestBackwardAgainstFiniteDifferences(t *testing.T) {
	for name, f := range families(3) {
		checkBackward(t, name, f)
	}
}

func TestBackwardInOneDimension(t *testing.T) {
	for name, f := range families(1) {
		checkBackward(t, name, f)
	}
}

func checkBackward(t *testing.T, name string, f *Flow) {
	t.Helper()
	const n = 4
	eps, zBar, logqBar := normals(13, n*f.Dim()), normals(17, n*f.Dim()), normals(19, n)
	tape := f.NewTape(n)
	f.Sample(tape, eps)
	grad := make([]float64, len(f.Params()))
	f.Backward(grad, tape, zBar, logqBar)

	probe := f.NewTape(n)
	objective := func(params []float64) float64 {
		copy(f.Params(), params)
		f.Sample(probe, eps)
		return floats.Dot(zBar, probe.Z) + floats.Dot(logqBar, probe.LogQ)
	}
	want := fd.Gradient(nil, objective, slices.Clone(f.Params()), &fd.Settings{Formula: fd.Central, Step: 1e-6})
	assertClose(t, name, grad, want, 1e-4, 1e-2)
}

// A draw without cotangents leaves no trace, whatever its neighbours.
func TestBackwardIgnoresDroppedDraws(t *testing.T) {
	for name, f := range families(3) {
		two, one := f.NewTape(2), f.NewTape(1)
		eps := normals(23, 6)
		f.Sample(two, eps)
		f.Sample(one, eps[:3])
		got, want := make([]float64, len(f.Params())), make([]float64, len(f.Params()))
		f.Backward(got, two, []float64{1, -2, 3, 0, 0, 0}, []float64{0.5, 0})
		f.Backward(want, one, []float64{1, -2, 3}, []float64{0.5})
		assertClose(t, name, got, want, 1e-12, 1e-3)
	}
}

// The sample statistics of fresh flows of the paper's size agree with those of
// the reference implementation, which has another random stream.
func TestFreshFlowStatistics(t *testing.T) {
	const inits, draws = 50, 500
	var golden []struct {
		D       int
		SD      float64 `json:"mean_sd_of_sample"`
		Spread  float64 `json:"sd_across_inits"`
		AbsMean float64 `json:"mean_abs_mean"`
	}
	goldenCase(t, "default_init_sample_statistics_50_seeds", &golden)
	for _, g := range golden {
		var sds, absMeans []float64
		for seed := range uint64(inits) {
			f := New(g.D, Options{}, uniforms(seed))
			sd, absMean := sampleMoments(f, draws, seed)
			sds, absMeans = append(sds, sd), append(absMeans, absMean)
		}
		mean, spread := stat.MeanStdDev(sds, nil)
		t.Logf("%d %g %g, %g %g", g.D, mean, spread, g.SD, g.Spread)
		if z := (mean - g.SD) / math.Hypot(spread, g.Spread) * math.Sqrt(inits); math.Abs(z) > 4 {
			t.Errorf("D=%d: sample sd %g, want %g (z = %.1f)", g.D, mean, g.SD, z)
		}
		mean, spread = stat.MeanStdDev(absMeans, nil)
		if z := (mean - g.AbsMean) / (spread * math.Sqrt2) * math.Sqrt(inits); math.Abs(z) > 4 {
			t.Errorf("D=%d: mean |mean| %g, want %g (z = %.1f)", g.D, mean, g.AbsMean, z)
		}
	}
}

// sampleMoments are the sd and the absolute mean of all coordinates pooled.
func sampleMoments(f *Flow, draws int, seed uint64) (sd, absMean float64) {
	tape := f.NewTape(draws)
	f.Sample(tape, normals(seed, draws*f.Dim()))
	mean, sd := stat.MeanStdDev(tape.Z, nil)
	return sd, math.Abs(mean)
}
