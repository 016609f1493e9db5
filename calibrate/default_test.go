package calibrate_test

import (
	"flag"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/calibrate"
)

var long = flag.Bool("long", false, "fit every kind of target with the default options, not a few with fewer steps")

// byDefault fits a target with the default options, and fewer steps unless the test
// is long, and returns draws. They are to diverge from it by less than 0.03 nats.
func byDefault(t *testing.T, x target) (draws *calibrate.Draws) {
	t.Helper()
	var o calibrate.Options
	if !*long {
		o = calibrate.Options{Steps: 150, Draws: 32, Search: 400, Validations: 5}
	}
	kl, off, draws := fitTo(t, x, o)
	t.Logf("%.4f nats, masses off by %.3f", kl, off)
	if !(kl < 0.03) {
		t.Errorf("KL divergence from the posterior is %.4f nats", kl)
	}
	if !(off < 0.05) {
		t.Errorf("masses are off by %.3f", off)
	}
	return draws
}

// One configuration, the default, serves posteriors of many kinds.
func TestDefault(t *testing.T) {
	for _, x := range targets(t) {
		if !*long && !slices.Contains([]string{"chain-binomial epidemic", "close modes"}, x.name) {
			continue
		}
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			byDefault(t, x)
		})
	}
}

// fitTo fits a target and returns the divergence from it, by how much the mass of a
// mode is off at most, and draws.
func fitTo(tb testing.TB, x target, o calibrate.Options) (kl, off float64, draws *calibrate.Draws) {
	tb.Helper()
	const drawn = 4000
	o.Seed, o.Workers = 1, 1
	f, _, err := calibrate.Fit(tb.Context(), x.problem(tb), o)
	if err != nil {
		tb.Fatal(err)
	}
	kl, draws = gap(f, x.likelihood, drawn)
	found := make([]float64, len(x.masses))
	for _, theta := range draws.Theta {
		if x.mode != nil {
			found[x.mode(theta)] += 1. / drawn
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
	draws := byDefault(t, boardingSchool(beliefs{t}))
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
				kl, off, _ := fitTo(b, x, calibrate.Options{})
				b.ReportMetric(kl, "nats-off")
				if x.masses != nil {
					b.ReportMetric(off, "mass-off")
				}
			}
		})
	}
}
