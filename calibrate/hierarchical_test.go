package calibrate_test

import (
	"context"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// The effects of coaching in eight schools, with their standard errors (Rubin
// 1981).
var (
	schoolEffects = []float64{28, 8, -3, 7, -1, 1, 18, 12}
	schoolErrors  = []float64{15, 10, 16, 11, 9, 11, 10, 18}
)

// schools is the log-likelihood of mean, spread and the eight schools' effects.
func schools(theta, grad []float64) (logp float64) {
	clear(grad)
	for g, y := range schoolEffects {
		r := (y - theta[2+g]) / schoolErrors[g]
		logp -= 0.5*r*r + math.Log(schoolErrors[g]) + 0.5*math.Log(2*math.Pi)
		if grad != nil {
			grad[2+g] = r / schoolErrors[g]
		}
	}
	return logp
}

// schoolsExact returns evidence, means and standard deviations by a grid over mean
// and spread, given which all else is normal.
func schoolsExact(mean, spread prior.Density) (logEvidence float64, means, sds []float64) {
	const n = 300
	mass, first, second := 0.0, make([]float64, 10), make([]float64, 10)
	for i := range n {
		m := mean.Quantile((float64(i) + 0.5) / n)
		for j := range n {
			s := spread.Quantile((float64(j) + 0.5) / n)
			logp, centres, variances := 0.0, []float64{m, s}, []float64{0, 0}
			for g, y := range schoolEffects {
				e := schoolErrors[g] * schoolErrors[g]
				logp -= 0.5*(y-m)*(y-m)/(e+s*s) + 0.5*math.Log(2*math.Pi*(e+s*s))
				centres = append(centres, (y*s*s+m*e)/(e+s*s))
				variances = append(variances, e*s*s/(e+s*s))
			}
			w := math.Exp(logp) / (n * n)
			mass += w
			for k, c := range centres {
				first[k] += w * c
				second[k] += w * (c*c + variances[k])
			}
		}
	}
	for k := range first {
		first[k] /= mass
		second[k] = math.Sqrt(second[k]/mass - first[k]*first[k])
	}
	return math.Log(mass), first, second
}

// The eight schools with their mean and spread: the fit comes to the exact
// posterior, whose effects are drawn to each other.
func TestFitOfAHierarchy(t *testing.T) {
	mean, spread := density(t)(prior.NewNormal(0, 10)), density(t)(prior.NewHalfNormal(10))
	names := []string{"effect[a]", "effect[b]", "effect[c]", "effect[d]", "effect[e]", "effect[f]", "effect[g]", "effect[h]"}
	block, err := prior.NewHierarchical(names, prior.Real{}, coordinate(t, "effect.mean", mean), coordinate(t, "effect.sd", spread))
	if err != nil {
		t.Fatal(err)
	}
	p, err := prior.NewJoint(block)
	if err != nil {
		t.Fatal(err)
	}
	fitted, _, err := calibrate.Fit(context.Background(), calibrate.Problem{Prior: p, Target: calibrate.LogLikelihood(schools), Weight: 1},
		calibrate.Options{Search: -1, Flow: flow.Options{Kind: flow.Affine, Layers: 3, Hidden: 16}, Steps: 500, KLDraws: 64, LearningRate: 5e-3, Validations: 4, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	evidence, means, sds := schoolsExact(mean, spread)
	draws := fitted.Draw(4000, 2)
	gap := 0.0
	for s, theta := range draws.Theta {
		gap += (draws.LogQ[s] - draws.LogPrior[s] - schools(theta, nil) + evidence) / 4000
	}
	if !(gap < 0.03) {
		t.Errorf("KL divergence from the exact posterior is %.4f nats", gap)
	}
	for k, name := range draws.Names {
		x := calibrate.Summarise(draws.Column(k))
		if math.Abs(x.Mean-means[k]) > 0.1*sds[k] || math.Abs(x.SD/sds[k]-1) > 0.1 {
			t.Errorf("%s: mean %.2f, sd %.2f, want %.2f, %.2f", name, x.Mean, x.SD, means[k], sds[k])
		}
	}
	t.Logf("divergence %.4f nats", gap)
}

func coordinate(t *testing.T, name string, d prior.Density) *prior.Coordinate {
	t.Helper()
	c, err := prior.NewCoordinate(name, d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
