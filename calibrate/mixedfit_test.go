package calibrate

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate/flow"
)

// enumerated returns the exact posterior of the counted target: the probability of
// each k, and mean and standard deviation of a given it.
func enumerated() (p, mean []float64, sd float64) {
	const v = seenVariance
	precision := 1 + 1.25/v
	for k := range 6 {
		r, s := 2.1-float64(k)/2, 0.4-float64(k)/2
		m := (r - s/2) / v / precision
		mean = append(mean, m)
		p = append(p, math.Exp(counted([]float64{m, float64(k)}, nil)-m*m/2))
	}
	floats.Scale(1/floats.Sum(p), p)
	return p, mean, math.Sqrt(1 / precision)
}

// A fit finds the probabilities of a count, and a's distribution given it.
func TestMixedFit(t *testing.T) {
	fit, _, err := Fit(t.Context(), Problem{countedPrior(t), LogLikelihood(counted), 1}, Options{
		Flow: flow.Options{Layers: 1, Hidden: 8, Blocks: 1}, Steps: 800, LearningRate: 0.015, KLDraws: 64, Warmup: 100, Validations: 5, Seed: 1, Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	const n = 20000
	given := make([][]float64, 6)
	for _, theta := range fit.Draw(n, 1).Theta {
		given[int(theta[1])] = append(given[int(theta[1])], theta[0])
	}
	p, mean, sd := enumerated()
	for k, x := range given {
		m, spread := stat.MeanStdDev(x, nil)
		t.Logf("k=%d: %.3f (exact %.3f), mean %.3f (%.3f), sd %.3f (%.3f)", k, float64(len(x))/n, p[k], m, mean[k], spread, sd)
		if math.Abs(float64(len(x))/n-p[k]) > 0.03 {
			t.Errorf("k=%d has probability %.3f, want %.3f", k, float64(len(x))/n, p[k])
		}
		if p[k] > 0.05 && math.Abs(m-mean[k]) > 0.1*sd {
			t.Errorf("given k=%d the mean of a is %.3f, want %.3f", k, m, mean[k])
		}
	}
}

// The density of a fit sums and integrates to one, and to the probabilities of its
// draws.
func TestDensityOfAMixedFit(t *testing.T) {
	fit, _, err := Fit(t.Context(), Problem{countedPrior(t), LogLikelihood(counted), 1}, Options{
		Flow: flow.Options{Layers: 1, Hidden: 4, Blocks: 1}, Steps: 60, LearningRate: 0.02, KLDraws: 16, Warmup: 20, Validations: 1, ValidationDraws: 16, Seed: 1, Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	const n = 20000
	drawn, mass := make([]float64, 6), make([]float64, 6)
	for _, theta := range fit.Draw(n, 1).Theta {
		drawn[int(theta[1])] += 1. / n
	}
	for k := range mass {
		for i := range 120 {
			mass[k] += 0.1 * math.Exp(fit.LogDensity([]float64{0.1 * (float64(i) - 60), float64(k)}))
		}
	}
	if !floats.EqualApprox(drawn, mass, 0.015) || math.Abs(floats.Sum(mass)-1) > 0.01 {
		t.Errorf("draws %.3f, density %.3f", drawn, mass)
	}
	if got := fit.LogDensity([]float64{0, 1.5}); !math.IsInf(got, -1) {
		t.Errorf("log density %v where k has no value", got)
	}
}
