package calibrate_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate"
)

// One configuration, the default, serves posteriors of many kinds. The rest of
// them are fitted by BenchmarkDefault.
func TestDefault(t *testing.T) {
	for _, x := range targets(t) {
		if !slices.Contains([]string{"chain-binomial epidemic", "two crescents"}, x.name) {
			continue
		}
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			kl, off, _ := byDefault(t, x)
			if !(kl < 0.03) {
				t.Errorf("KL divergence from the posterior is %.4f nats", kl)
			}
			if !(off < 0.05) {
				t.Errorf("masses are off by %.3f", off)
			}
		})
	}
}

// byDefault fits a target and returns the divergence from it, by how much the
// mass of a mode is off at most, and draws.
func byDefault(tb testing.TB, x target) (kl, off float64, draws *calibrate.Draws) {
	tb.Helper()
	f, _, err := calibrate.Fit(tb.Context(), x.problem(tb), calibrate.Options{Seed: 1, Workers: 1})
	if err != nil {
		tb.Fatal(err)
	}
	kl, draws = gap(f, x.likelihood, 8000)
	found := make([]float64, len(x.masses))
	for _, theta := range draws.Theta {
		if x.mode != nil {
			found[x.mode(theta)] += 1. / 8000
		}
	}
	for k, m := range x.masses {
		off = math.Max(off, math.Abs(m-found[k]))
	}
	return kl, off, draws
}

// The differential equation of the boarding school against the posterior that
// Stan's case study prints (two renderings of it agree to the last digit): means
// within a tenth of a standard deviation.
func TestDefaultAtTheBoardingSchool(t *testing.T) {
	t.Parallel()
	kl, _, draws := byDefault(t, boardingSchool(beliefs{t}))
	if !(kl < 0.03) {
		t.Errorf("KL divergence from the posterior is %.4f nats", kl)
	}
	for name, want := range map[string]struct {
		of       func(theta []float64) float64
		mean, sd float64
	}{
		"transmission": {func(x []float64) float64 { return x[0] }, 1.735, 0.053},
		"recovery":     {func(x []float64) float64 { return x[1] }, 0.542, 0.045},
		"R0":           {func(x []float64) float64 { return x[0] / x[1] }, 3.22, 0.28},
		"days":         {func(x []float64) float64 { return 1 / x[1] }, 1.86, 0.16},
	} {
		var values []float64
		for _, theta := range draws.Theta {
			values = append(values, want.of(theta))
		}
		mean, sd := stat.MeanStdDev(values, nil)
		if math.Abs(mean-want.mean) > 0.1*want.sd || math.Abs(sd/want.sd-1) > 0.1 {
			t.Errorf("%s: %.3f (%.3f), published is %.3f (%.3f)", name, mean, sd, want.mean, want.sd)
		}
	}
}

// BenchmarkDefault fits every target with default options and reports how far
// the fit is from the posterior.
func BenchmarkDefault(b *testing.B) {
	for _, x := range targets(b) {
		b.Run(x.name, func(b *testing.B) {
			for range b.N {
				kl, off, _ := byDefault(b, x)
				b.ReportMetric(kl, "nats-off")
				if x.masses != nil {
					b.ReportMetric(off, "mass-off")
				}
			}
		})
	}
}
