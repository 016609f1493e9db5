package calibrate_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// joint returns independent priors of the named parameters.
func joint(tb testing.TB, names []string, d prior.Density) *prior.Joint {
	tb.Helper()
	var blocks []prior.Block
	for _, name := range names {
		b, err := prior.NewCoordinate(name, d)
		if err != nil {
			tb.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	j, err := prior.NewJoint(blocks...)
	if err != nil {
		tb.Fatal(err)
	}
	return j
}

func density(tb testing.TB) func(prior.Density, error) prior.Density {
	return func(d prior.Density, err error) prior.Density {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
		return d
	}
}

// line is the likelihood of y₁ = 1 and y₂ = −.4 as noisy observations, sd .5, of
// a+b and a−b. With standard normal priors y₁ and y₂ are independent with
// variance 2.25, which gives the evidence.
func line(theta, grad []float64) float64 {
	const v = 0.25
	r1, r2 := 1-(theta[0]+theta[1]), -0.4-(theta[0]-theta[1])
	if grad != nil {
		grad[0], grad[1] = (r1+r2)/v, (r1-r2)/v
	}
	return -(r1*r1+r2*r2)/(2*v) - math.Log(2*math.Pi*v)
}

const lineEvidence = -(1+0.16)/(2*2.25) - 0.8109302162163288 - 1.8378770664093453 // −½ log 2.25² − log 2π

func fit(tb testing.TB, p calibrate.Problem, o calibrate.Options) *calibrate.Trainer {
	tb.Helper()
	t, err := calibrate.NewTrainer(p, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(t.Close)
	if err := t.Run(context.Background(), nil); err != nil {
		tb.Fatal(err)
	}
	return t
}

// Every family that can hold a Gaussian posterior finds it: the objective comes
// down to −log evidence, and mean and standard deviation are those of the exact
// posterior: a = (y₁+y₂)/2·8/9, b = (y₁−y₂)/2·8/9, sd 1/3.
func TestTrainerFindsGaussianPosterior(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(line), Weight: 1}
	for _, kind := range []flow.Kind{flow.MeanField, flow.FullRank, flow.Affine} {
		t.Run(string(kind), func(t *testing.T) {
			o := calibrate.Options{Flow: flow.Options{Kind: kind}, Steps: 600, Draws: 8, LearningRate: 1e-2, Validations: 4, ValidationDraws: 512, Seed: 1, Workers: 2}
			trainer := fit(t, p, o)
			best, err := trainer.Best()
			if err != nil {
				t.Fatal(err)
			}
			draws := calibrate.NewPosterior(flow.Single(best), p.Prior, 4000, 2)
			gap := 0.0
			for s, theta := range draws.Theta {
				gap += (draws.LogQ[s] - draws.LogPrior[s] - line(theta, nil) + lineEvidence) / 4000
			}
			if !(math.Abs(gap) < 0.02) {
				t.Errorf("KL divergence from the exact posterior is %.4f nats", gap)
			}
			for k, mean := range []float64{0.3 * 8 / 9, 0.7 * 8 / 9} {
				s := calibrate.Summarise(draws.Column(k))
				if math.Abs(s.Mean-mean) > 0.05 || math.Abs(s.SD-1./3) > 0.03 {
					t.Errorf("parameter %d: mean %.3f, sd %.3f, want %.3f, 0.333", k, s.Mean, s.SD, mean)
				}
			}
		})
	}
}

// The success probability of a random walk that went up 63 times of 99, with a
// uniform prior, has the posterior Beta(64, 37): one dimension, by splines.
func TestTrainerFindsBetaPosterior(t *testing.T) {
	const k, n = 63, 99
	walk := func(theta, grad []float64) float64 {
		if grad != nil {
			grad[0] = k/theta[0] - (n-k)/(1-theta[0])
		}
		return k*math.Log(theta[0]) + (n-k)*math.Log1p(-theta[0])
	}
	p := calibrate.Problem{Prior: joint(t, []string{"up"}, density(t)(prior.NewUniform(0, 1))), Target: calibrate.LogLikelihood(walk), Weight: 1}
	trainer := fit(t, p, calibrate.Options{Flow: flow.Options{Kind: flow.Spline}, Steps: 400, Draws: 16, KLDraws: 64, Warmup: 100, LearningRate: 1e-2, Validations: 4, ValidationDraws: 512, Seed: 1, Workers: 2})
	best, err := trainer.Best()
	if err != nil {
		t.Fatal(err)
	}
	draws := calibrate.NewPosterior(flow.Single(best), p.Prior, 4000, 2)
	a, _ := math.Lgamma(k + 1)
	b, _ := math.Lgamma(n - k + 1)
	c, _ := math.Lgamma(n + 2)
	gap := 0.0
	for s, theta := range draws.Theta {
		gap += (draws.LogQ[s] - walk(theta, nil) + a + b - c) / 4000
	}
	if !(math.Abs(gap) < 0.005) {
		t.Errorf("KL divergence from Beta(64, 37) is %.4f nats", gap)
	}
}

// A fit that stops at any step and goes on from its state, written as JSON, ends
// in the same parameters to the bit, for any number of workers.
func TestTrainerResumes(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(line), Weight: 1}
	o := calibrate.Options{Flow: flow.Options{Layers: 2, Hidden: 8}, Steps: 40, Warmup: 10, Validations: 4, ValidationDraws: 8, Seed: 3, Workers: 1}
	whole := fit(t, p, o)
	for _, stop := range []int{4, 10, 17, 49} {
		o.Workers = 3
		first, err := calibrate.NewTrainer(p, o)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		count := 0
		err = first.Run(ctx, func(calibrate.Step) {
			if count++; count == stop {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped with %v", err)
		}
		text, err := json.Marshal(first.State())
		if err != nil {
			t.Fatal(err)
		}
		var state calibrate.State
		if err := json.Unmarshal(text, &state); err != nil {
			t.Fatal(err)
		}
		second, err := calibrate.NewTrainer(p, o)
		if err != nil {
			t.Fatal(err)
		}
		if err := second.Restore(state); err != nil {
			t.Fatal(err)
		}
		if err := second.Run(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		if got, want := second.State(), whole.State(); !slices.Equal(got.Flow.Params, want.Flow.Params) || !slices.Equal(got.Best.Params, want.Best.Params) {
			t.Errorf("resumed at step %d: other parameters", stop)
		}
	}
}

// Losses that are not finite are dropped and counted, and too many end the fit.
func TestTrainerCountsNonFinite(t *testing.T) {
	sometimes := func(theta, grad []float64) float64 {
		if theta[0] > 0.5 {
			return math.NaN()
		}
		return line(theta, grad)
	}
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(sometimes), Weight: 1}
	o := calibrate.Options{Flow: flow.Options{Kind: flow.MeanField}, Steps: 30, Warmup: 1, Validations: 1, ValidationDraws: 8, Seed: 1, Workers: 1}
	s := fit(t, p, o).State()
	if s.NonFinite == 0 || s.NonFinite == s.Evaluated {
		t.Errorf("%d of %d dropped", s.NonFinite, s.Evaluated)
	}
	p.Target = calibrate.LogLikelihood(func(_, _ []float64) float64 { return math.Inf(-1) })
	trainer, err := calibrate.NewTrainer(p, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := trainer.Run(context.Background(), nil); err == nil {
		t.Error("a loss that is never finite should end the fit")
	}
}

func TestNewTrainerRefuses(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(line)}
	if _, err := calibrate.NewTrainer(p, calibrate.Options{}); err == nil {
		t.Error("a weight of 0 should be refused")
	}
}
