package mcmc_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// joint gives each density's parameter a letter for a name.
func joint(t *testing.T, densities ...prior.Density) *prior.Joint {
	t.Helper()
	var blocks []prior.Block
	for k, d := range densities {
		b, err := prior.NewCoordinate(fmt.Sprintf("%c", 'a'+k), d)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	j, err := prior.NewJoint(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func normal(t *testing.T, mean, sd float64) prior.Density {
	t.Helper()
	d, err := prior.NewNormal(mean, sd)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func uniform(t *testing.T, low, high float64) prior.Density {
	t.Helper()
	d, err := prior.NewUniform(low, high)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t *testing.T, p *prior.Joint, target calibrate.Target, o mcmc.Options) *mcmc.Sample {
	t.Helper()
	s, err := mcmc.Run(t.Context(), calibrate.Problem{Prior: p, Target: target, Weight: 1}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// moment compares the mean of a function of the draws with what it should be, in
// standard errors that count effective draws.
func moment(t *testing.T, what string, s *mcmc.Sample, of func(theta []float64) float64, want float64) {
	t.Helper()
	chains := make([][]float64, len(s.Chains))
	var all []float64
	for i, c := range s.Chains {
		for _, d := range c.Draws {
			chains[i] = append(chains[i], of(d.Theta))
		}
		all = append(all, chains[i]...)
	}
	x := mcmc.Converge(chains)
	got := stat.Mean(all, nil)
	z := (got - want) / x.MCSE
	t.Logf("%s: %.4f, want %.4f, z = %.2f, R̂ %.3f, ESS %.0f/%.0f of %d", what, got, want, z, x.RHat, x.Bulk, x.Tail, len(all))
	if !(math.Abs(z) < 4) || !(x.RHat < 1.05) {
		t.Errorf("%s: z = %.2f, R̂ = %.3f", what, z, x.RHat)
	}
}

// moments compares mean and variance of parameter k.
func moments(t *testing.T, s *mcmc.Sample, k int, mean, sd float64) {
	t.Helper()
	moment(t, fmt.Sprintf("mean of %s", s.Names[k]), s, func(x []float64) float64 { return x[k] }, mean)
	moment(t, fmt.Sprintf("variance of %s", s.Names[k]), s, func(x []float64) float64 { return (x[k] - mean) * (x[k] - mean) }, sd*sd)
}

func acceptance(s *mcmc.Sample) (mean float64) {
	for _, c := range s.Chains {
		for _, d := range c.Draws {
			mean += d.Acceptance / float64(len(c.Draws)*len(s.Chains))
		}
	}
	return mean
}

func perEffectiveDraw(s *mcmc.Sample, k int) (steps float64) {
	for _, c := range s.Chains {
		for _, d := range c.Draws {
			steps += float64(d.Steps)
		}
	}
	return steps / mcmc.BulkESS(s.Column(k))
}
