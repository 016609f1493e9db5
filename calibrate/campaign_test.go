package calibrate_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// peaks is a mixture of two normal bumps at (−2, 0) and (2, 1), the second with
// three times the mass.
func peaks(theta, grad []float64) float64 {
	const v = 0.04
	bump := func(a, b float64) float64 { return (theta[0]-a)*(theta[0]-a) + (theta[1]-b)*(theta[1]-b) }
	one, other := -bump(-2, 0)/(2*v), math.Log(3)-bump(2, 1)/(2*v)
	top := math.Max(one, other)
	sum := top + math.Log(math.Exp(one-top)+math.Exp(other-top))
	if grad != nil {
		w := math.Exp(other - sum)
		grad[0] = -((1-w)*(theta[0]+2) + w*(theta[0]-2)) / v
		grad[1] = -((1-w)*theta[1] + w*(theta[1]-1)) / v
	}
	return sum
}

func twoPeaks(t *testing.T) calibrate.Problem {
	return calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewUniform(-4, 4))), Target: calibrate.LogLikelihood(peaks), Weight: 1}
}

var hasty = calibrate.Options{Flow: flow.Options{Layers: 2, Hidden: 8, Blocks: 1}, Search: 300, Steps: 60, Draws: 8, KLDraws: 8, LearningRate: 5e-3, Validations: 2, ValidationDraws: 64, Seed: 2, Workers: 1}

// Both modes are found and weighed, where one flow alone would keep the one it
// came upon; the evidence is the integral of the bumps over the prior's box.
func TestCampaignKeepsModes(t *testing.T) {
	f, state, err := calibrate.Fit(t.Context(), twoPeaks(t), hasty)
	if err != nil {
		t.Fatal(err)
	}
	right := 0.0
	draws := f.Draw(2000, 1)
	for s, theta := range draws.Theta {
		if theta[0] > 0 {
			right += 1. / 2000
		}
		if got := f.LogDensity(theta); math.Abs(got-draws.LogQ[s]) > 1e-8 {
			t.Fatalf("log density %g, with the draw came %g", got, draws.LogQ[s])
		}
	}
	if len(f.Parts) != 2 || math.Abs(right-0.75) > 0.05 {
		t.Errorf("%d parts, %.3f of the mass right", len(f.Parts), right)
	}
	if want := math.Log(4 * 2 * math.Pi * 0.04 / 64); math.Abs(state.Evidence()-want) > 0.05 {
		t.Errorf("log evidence %.3f, want %.3f", state.Evidence(), want)
	}
	one := hasty
	one.Search = -1
	f, state, err = calibrate.Fit(t.Context(), twoPeaks(t), one)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Parts) != 1 || state.Found != nil {
		t.Error("a search that was not asked for")
	}
}

// A campaign that stops anywhere and goes on from its state, written as JSON,
// ends in the same state to the bit, for any number of workers.
func TestCampaignResumes(t *testing.T) {
	o := hasty
	o.Steps, o.Restarts, o.Search = 10, 2, 200
	whole := ran(t, o, nil, -1)
	for _, stop := range []int{10, 24} {
		o.Workers = 3
		half := ran(t, o, nil, stop)
		if got := ran(t, o, &half, -1); !cmp.Equal(got, whole) {
			t.Errorf("stopped after %d steps: %s", stop, cmp.Diff(whole, got))
		}
	}
}

// ran runs a campaign from a state to its end or for a number of steps, and
// returns its state as it is read back from JSON.
func ran(t *testing.T, o calibrate.Options, from *calibrate.CampaignState, stop int) (state calibrate.CampaignState) {
	t.Helper()
	c, err := calibrate.NewCampaign(twoPeaks(t), o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if from != nil {
		if err := c.Restore(*from); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err = c.Run(ctx, func(calibrate.Step) {
		if stop--; stop == 0 {
			cancel()
		}
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	text, err := json.Marshal(c.State())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &state); err != nil {
		t.Fatal(err)
	}
	for _, p := range state.Parts {
		for i := range p.State.Trace {
			p.State.Trace[i].Validation = 0 // NaN equals nothing
		}
	}
	return state
}

// Restarts begin at different places; the best is kept and all are told.
func TestRestarts(t *testing.T) {
	o := hasty
	o.Search, o.Restarts, o.Warmup, o.Seed = -1, 4, 50, 3
	f, state, err := calibrate.Fit(t.Context(), twoPeaks(t), o)
	if err != nil {
		t.Fatal(err)
	}
	best := math.Inf(-1)
	sides := map[bool]bool{}
	for _, p := range state.Parts {
		best = math.Max(best, p.Evidence)
		q, err := flow.FromState(p.State.Flow)
		if err != nil {
			t.Fatal(err)
		}
		draws := calibrate.NewPosterior(flow.Single(q), f.Prior, 1, 1)
		sides[draws.Theta[0][0] > 0] = true
	}
	if len(state.Parts) != 4 || len(f.Parts) != 1 || state.Evidence() != best {
		t.Errorf("%d restarts, %d kept, evidence %g of at best %g", len(state.Parts), len(f.Parts), state.Evidence(), best)
	}
	if len(sides) != 2 {
		t.Error("all restarts ended at the same mode")
	}
}

func TestSearchRefuses(t *testing.T) {
	o := hasty
	o.Gradient = calibrate.VarGrad
	if _, err := calibrate.NewCampaign(twoPeaks(t), o); err == nil {
		t.Error("the search needs a gradient that follows the draws")
	}
	p := twoPeaks(t)
	p.Target = calibrate.LogLikelihood(func(_, _ []float64) float64 { return math.NaN() })
	if _, _, err := calibrate.Fit(t.Context(), p, hasty); err == nil {
		t.Error("a loss that is finite nowhere is accepted")
	}
}
