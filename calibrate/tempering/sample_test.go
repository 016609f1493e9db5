package tempering

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// bumps is a target with standard normal prior and a likelihood that is a sum of
// normal bumps of standard deviation s at centres, in one to three dimensions.
func bumps(s float64, centres ...[]float64) Target {
	return Target{
		Dim: len(centres[0]), Workers: 1, Follows: true,
		Draw: func(z, u []float64) {
			for k, p := range u {
				z[k] = distuv.UnitNormal.Quantile(p)
			}
		},
		Evaluate: func(_ int, z, pull, slope []float64) (logPrior, loss float64, err error) {
			for k, x := range z {
				pull[k] = -x
				logPrior -= x*x/2 + math.Log(2*math.Pi)/2
			}
			sum := 0.0
			each := make([]float64, len(centres))
			for j, c := range centres {
				d := 0.0
				for k := range z {
					d += (z[k] - c[k]) * (z[k] - c[k])
				}
				each[j] = math.Exp(-d / (2 * s * s))
				sum += each[j]
			}
			if slope != nil {
				for k := range z {
					slope[k] = 0
					for j, c := range centres {
						slope[k] += each[j] / sum * (z[k] - c[k]) / (s * s)
					}
				}
			}
			return logPrior, -math.Log(sum), nil
		},
	}
}

func column(z [][]float64, k int) []float64 {
	x := make([]float64, len(z))
	for i := range z {
		x[i] = z[i][k]
	}
	return x
}

// One bump at (1, −1): the posterior is normal with variance s²/(1+s²), and the
// evidence a normal integral.
func TestSampleOfANormal(t *testing.T) {
	const s = 0.3
	for _, follows := range []bool{true, false} {
		target := bumps(s, []float64{1, -1})
		target.Follows = follows
		p, err := Sample(t.Context(), target, Options{Particles: 800, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		variance := s * s / (1 + s*s)
		evidence := 2*math.Log(s/math.Sqrt(1+s*s)) - 1/(1+s*s)
		if math.Abs(p.LogEvidence-evidence) > 0.2 {
			t.Errorf("log evidence %.3f, want %.3f", p.LogEvidence, evidence)
		}
		for k, c := range []float64{1, -1} {
			mean, sd := stat.MeanStdDev(column(p.Z, k), nil)
			if math.Abs(mean-c/(1+s*s)) > 0.05 || math.Abs(sd/math.Sqrt(variance)-1) > 0.1 {
				t.Errorf("coordinate %d: mean %.3f, sd %.3f; want %.3f, %.3f", k, mean, sd, c/(1+s*s), math.Sqrt(variance))
			}
		}
	}
}

func TestSampleIsTheSameForAnyWorkers(t *testing.T) {
	target := bumps(0.2, []float64{1}, []float64{-1})
	one, err := Sample(t.Context(), target, Options{Particles: 100, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	target.Workers = 3
	three, err := Sample(t.Context(), target, Options{Particles: 100, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if one.LogEvidence != three.LogEvidence || !slices.EqualFunc(one.Z, three.Z, slices.Equal[[]float64]) {
		t.Error("three workers found something else than one")
	}
}

func TestSampleOfALossThatIsPartlyInfinite(t *testing.T) {
	target := bumps(0.5, []float64{1})
	inner := target.Evaluate
	target.Evaluate = func(w int, z, pull, slope []float64) (float64, float64, error) {
		p, l, err := inner(w, z, pull, slope)
		if z[0] < 0 {
			l = math.NaN()
		}
		return p, l, err
	}
	p, err := Sample(t.Context(), target, Options{Particles: 200, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Min(column(p.Z, 0)) < 0 || p.NonFinite == 0 {
		t.Errorf("%d evaluations were not finite, least z is %g", p.NonFinite, slices.Min(column(p.Z, 0)))
	}
}

func TestSampleErrors(t *testing.T) {
	nowhere := bumps(1, []float64{0})
	nowhere.Evaluate = func(int, []float64, []float64, []float64) (float64, float64, error) { return 0, math.Inf(1), nil }
	if _, err := Sample(t.Context(), nowhere, Options{Particles: 50}); !errors.Is(err, ErrNowhere) {
		t.Errorf("%v", err)
	}
	broken := bumps(1, []float64{0})
	broken.Evaluate = func(int, []float64, []float64, []float64) (float64, float64, error) {
		return 0, 0, errors.New("broken")
	}
	if _, err := Sample(t.Context(), broken, Options{Particles: 50}); err == nil {
		t.Error("an error of the target is lost")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Sample(ctx, bumps(1, []float64{0}), Options{Particles: 50}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
