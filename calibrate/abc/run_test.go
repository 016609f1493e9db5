package abc_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/prior"
	"github.com/nudge-abm/nudge/rng"
)

// model makes data of a function of the parameters and a stream of luck.
type model func(theta []float64, luck *rng.Stream) []float64

func (m model) Generator([]string) (calibrate.Generator, error) { return m, nil }

func (m model) Generate(theta []float64, luck uint64) ([]float64, int, error) {
	stream := rng.Seed{Master: 99, Run: luck}.Stream(rng.Key{})
	return m(theta, &stream), 1, nil
}

func (model) Close() {}

func flat(t *testing.T, low, high float64, dim int) *prior.Joint {
	t.Helper()
	var blocks []prior.Block
	for k := range dim {
		d, err := prior.NewUniform(low, high)
		if err != nil {
			t.Fatal(err)
		}
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

func run(t *testing.T, p abc.Problem, o abc.Options) *abc.Population {
	t.Helper()
	x, err := abc.Run(t.Context(), p, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, p := range x.Particles {
		sum += p.Weight
	}
	if len(x.Particles) != x.Options.Particles || math.Abs(sum-1) > 1e-9 || x.ESS() > float64(len(x.Particles))*(1+1e-9) {
		t.Errorf("%d particles of weight %g, worth %g", len(x.Particles), sum, x.ESS())
	}
	return x
}

// The mean of a normal sample with a uniform prior, kept if it is within ε of
// the mean observed: the posterior is proportional to
// Φ((y+ε−θ)/s) − Φ((y−ε−θ)/s), here beside a bound of the prior.
func TestNormalMean(t *testing.T) {
	const y, s, epsilon, low, high = 2.6, 0.3, 0.4, -2.0, 3.0
	apart := model(func(theta []float64, luck *rng.Stream) []float64 {
		return []float64{math.Abs(theta[0] + s*luck.Normal() - y)}
	})
	x := run(t, abc.Problem{Prior: flat(t, low, high, 1), Model: apart}, abc.Options{Particles: 1500, Tolerance: epsilon, Seed: 1})
	if x.Stop != abc.ToleranceReached || x.Tolerance() != epsilon {
		t.Fatalf("%s at %g", x.Stop, x.Tolerance())
	}
	phi := func(v float64) float64 { return math.Erfc(-v/math.Sqrt2) / 2 }
	var exact [4]float64
	for v := low; v < high; v += 1e-4 {
		w := phi((y+epsilon-v)/s) - phi((y-epsilon-v)/s)
		for k := range exact {
			exact[k] += w * math.Pow(v, float64(k))
		}
	}
	mean := exact[1] / exact[0]
	for k, name := range []string{"", "mean", "square", "cube"} {
		if k == 0 {
			continue
		}
		power := func(theta []float64) float64 { return math.Pow(theta[0], float64(k)) }
		want := exact[k] / exact[0]
		got := x.Mean(power)
		sd := math.Sqrt(x.Mean(func(theta []float64) float64 { d := power(theta) - got; return d * d }))
		z := (got - want) / sd * math.Sqrt(x.ESS())
		t.Logf("%s %.4f, want %.4f, z = %.2f, ESS %.0f", name, got, want, z, x.ESS())
		if !(math.Abs(z) < 4) {
			t.Errorf("%s: z = %.2f", name, z)
		}
	}
	draws := x.Resample(abc.Problem{Prior: flat(t, low, high, 1)}, 2000, 1)
	if m := calibrate.Summarise(draws.Column(0)).Mean; len(draws.Theta) != 2000 || math.Abs(m-mean) > 0.05 {
		t.Errorf("%d draws of mean %.3f, want %.3f", len(draws.Theta), m, mean)
	}
}

// Two parameters seen through cells of different scales, of which one is
// missing and one does not vary.
var scaled = model(func(theta []float64, luck *rng.Stream) []float64 {
	return []float64{theta[0] + 0.1*luck.Normal(), 1000 * (theta[1] + 0.1*luck.Normal()), math.NaN(), 7}
})

var seen = []float64{0.3, -500, math.NaN(), 8}

func TestScaledDistance(t *testing.T) {
	x := run(t, abc.Problem{Prior: flat(t, -2, 2, 2), Model: scaled, Data: seen}, abc.Options{Particles: 300, Simulations: 30_000, Seed: 2})
	for k, want := range []float64{0.3, -0.5} {
		s := calibrate.Summarise(x.Resample(abc.Problem{Prior: flat(t, -2, 2, 2)}, 500, 1).Column(k))
		if math.Abs(s.Mean-want) > 0.03 || s.SD < 0.09 || s.SD > 0.14 {
			t.Errorf("%s: %.3f ± %.3f, want %g ± 0.1", x.Names[k], s.Mean, s.SD, want)
		}
	}
	first := x.Generations[0]
	if !math.IsInf(first.Tolerance, 1) || first.Acceptance != 1 || x.Runs > 30_000 {
		t.Errorf("%+v, %d runs", first, x.Runs)
	}
}

func TestWhatEndsARun(t *testing.T) {
	prior := flat(t, -2, 2, 2)
	for want, o := range map[abc.Stop]abc.Options{
		abc.BudgetSpent:   {Particles: 100, Simulations: 1000},
		abc.AcceptanceLow: {Particles: 100, MinAcceptance: 0.2},
	} {
		x := run(t, abc.Problem{Prior: prior, Model: scaled, Data: seen}, o)
		if x.Stop != want || len(x.Generations) < 2 {
			t.Errorf("%s after %d generations, want %s", x.Stop, len(x.Generations), want)
		}
		if want == abc.BudgetSpent && x.Runs != 1000 {
			t.Errorf("%d runs", x.Runs)
		}
	}
}

// Distances that no longer differ leave the tolerance where it is: the run goes
// on until its budget is spent. A population that loses its spread is degenerate.
func TestDegeneratePopulations(t *testing.T) {
	constant := model(func([]float64, *rng.Stream) []float64 { return []float64{1} })
	x := run(t, abc.Problem{Prior: flat(t, 0, 1, 1), Model: constant}, abc.Options{Particles: 50, Simulations: 500})
	if x.Stop != abc.BudgetSpent {
		t.Error(x.Stop)
	}
	// Only the difference counts, ever more closely: the particles end on a line.
	line := model(func(theta []float64, _ *rng.Stream) []float64 { return []float64{math.Abs(theta[0] - theta[1])} })
	x = run(t, abc.Problem{Prior: flat(t, 0, 1, 2), Model: line}, abc.Options{Particles: 40, Simulations: 300_000, MinAcceptance: 1e-4, Quantile: 0.01, Seed: 3})
	t.Log(x.Stop, x.Generations)
	if x.Stop == "" {
		t.Error("no reason")
	}
}

func TestResultDoesNotDependOnWorkers(t *testing.T) {
	var first *abc.Population
	for _, workers := range []int{1, 2, 7} {
		x := run(t, abc.Problem{Prior: flat(t, -2, 2, 2), Model: scaled, Data: seen}, abc.Options{Particles: 60, Simulations: 2000, Seed: 4, Workers: workers})
		x.Options.Workers = 0
		if first == nil {
			first = x
		}
		if diff := cmp.Diff(first.Particles, x.Particles, cmp.Comparer(same)); diff != "" || first.Runs != x.Runs {
			t.Fatal(diff)
		}
	}
}

func same(a, b abc.Particle) bool {
	return cmp.Equal(a.Theta, b.Theta) && a.Weight == b.Weight && a.Distance == b.Distance
}

func TestProblemsThatCannotBeCalibrated(t *testing.T) {
	never := model(func([]float64, *rng.Stream) []float64 { return []float64{math.NaN()} })
	for want, o := range map[string]abc.Options{
		"only 0 of 1000 prior draws gave finite data": {Particles: 10},
		"needs at least 3 particles":                  {Particles: 1},
		"do not suffice":                              {Particles: 10, Simulations: 5},
		"quantile":                                    {Quantile: 2},
	} {
		if _, err := abc.Run(t.Context(), abc.Problem{Prior: flat(t, 0, 1, 1), Model: never}, o, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := abc.Run(ctx, abc.Problem{Prior: flat(t, -2, 2, 2), Model: scaled, Data: seen}, abc.Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The loss of a target serves as distance.
func TestLossAsDistance(t *testing.T) {
	target := calibrate.LogLikelihood(func(theta, _ []float64) float64 { return -(theta[0] - 0.3) * (theta[0] - 0.3) })
	x := run(t, abc.Problem{Prior: flat(t, 0, 1, 1), Model: abc.LossOf(target)}, abc.Options{Particles: 200, Tolerance: 1e-4, Seed: 5})
	for _, p := range x.Particles {
		if math.Abs(p.Theta[0]-0.3) > 0.01 || p.Distance > 1e-4 {
			t.Fatalf("%+v", p)
		}
	}
}
