package sugarscape_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// Derivatives leave the run as it is, to the bit, whatever the estimator.
func TestPrimalIsTheSame(t *testing.T) {
	for _, settings := range [][]string{
		{"steps=12"}, {"steps=12", "rules=published-code"},
		{"steps=12", "replacement=newborn", "lifespan_least=5", "lifespan_most=20"},
	} {
		s := setup(t, settings...)
		w := abm.NewWorld(s, nil, nil)
		if err := w.Run(s.Theta(), rng.Seed{Master: 5}); err != nil {
			t.Fatal(err)
		}
		want := w.Series(nil)
		for _, name := range serving {
			e, err := gradient.New(name, cheaply[name])
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range sampled(t, s, 5, e).Series {
				if math.Float64bits(v) != math.Float64bits(want[i]) {
					t.Errorf("%v, %s: entry %d of the series is %v, without derivatives %v", settings, name, i, v, want[i])
					break
				}
			}
		}
	}
}

// serving are the estimators that serve the model.
var serving = []string{"straight-through", "gumbel-softmax", "smoothed", "score", "resample-pair", "flip", "finite-difference"}

// cheaply has options that make a sample of an estimator cheap.
var cheaply = map[string]map[string]string{
	"score": {"runs": "2"}, "resample-pair": {"pairs": "2"}, "flip": {"flips": "2"},
	"finite-difference": {"relative_step": "0.01"},
}

// sampled returns an estimator's first sample.
func sampled(t *testing.T, s *abm.Setup, seed uint64, e gradient.Estimator) gradient.Sample {
	t.Helper()
	p, err := gradient.NewProblem(s, seed)
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := e.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer sampler.Close()
	var x gradient.Sample
	if err := sampler.Sample(0, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

// oasis is one agent for one step on a torus on which every cell of half a sugar
// has exactly one neighbour of one and a half. Who sees no further than its own
// cell gathers that with probability 1/5, who sees its neighbours always does.
func oasis(t *testing.T, width string) *abm.Setup {
	t.Helper()
	var b strings.Builder
	for y := range 5 {
		for x := range 5 {
			if x > 0 {
				b.WriteByte(',')
			}
			if (x+2*y)%5 == 0 {
				b.WriteString("1.5")
			} else {
				b.WriteString("0.5")
			}
		}
		b.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), "oasis.csv")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return setup(t, "landscape="+path, "agents=1", "steps=2", "radius_near=0", "radius_far=1",
		"metabolism_least=0", "metabolism_most=4", "wealth_least=1", "wealth_most=1",
		"survival_width="+width, "metabolism_alpha=2", "metabolism_beta=2", "vision_near=0.2", "vision_far=0.8")
}

// survival returns the probability that the agent of the oasis is alive if each of
// its ends is given by lives(holdings less metabolism before), at shapes a and b.
func survival(p1, p2, a, b float64, lives func(food, a, b float64) float64) float64 {
	near := (0.8*lives(1.5, a, b) + 0.2*lives(2.5, a, b))
	return (p1*near + p2*lives(2.5, a, b)) / (p1 + p2)
}

// hard is P(m < food) of m = 4·Beta(a, b).
func hard(food, a, b float64) float64 { return mathext.RegIncBeta(a, b, food/4) }

// smooth is E Φ((food − m)/width).
func smooth(width float64) func(food, a, b float64) float64 {
	return func(food, a, b float64) float64 {
		sum, n := 0.0, 4000
		for k := range n {
			x := (float64(k) + 0.5) / float64(n)
			sum += distuv.UnitNormal.CDF((food-4*x)/width) * distuv.Beta{Alpha: a, Beta: b}.Prob(x)
		}
		return sum / float64(n)
	}
}

// slopes returns the derivatives of survival by p₁, p₂, α and β.
func slopes(lives func(food, a, b float64) float64) [4]float64 {
	var d [4]float64
	at := [4]float64{0.2, 0.8, 2, 2}
	for k := range d {
		const step = 1e-4
		up, down := at, at
		up[k] += step
		down[k] -= step
		d[k] = (survival(up[0], up[1], up[2], up[3], lives) - survival(down[0], down[1], down[2], down[3], lives)) / (2 * step)
	}
	return d
}

// The unbiased estimators give the derivatives of the probability to survive.
func TestOasis(t *testing.T) {
	s, truth := oasis(t, "0.1"), slopes(hard)
	judge(t, s, "flip", nil, 1000, truth, "vision_near", "vision_far")
	judge(t, s, "score", map[string]string{"continuous": "score"}, 3000, truth, s.Model.ParameterNames()[:4]...)
	judge(t, s, "resample-pair", nil, 15000, truth, s.Model.ParameterNames()[:4]...)
}

// The surrogate gives the derivatives of a survival that is smooth: a quarter to a
// third is lost at a width of one sugar, about the spread of the metabolism, and
// next to nothing at a tenth of that.
func TestOasisSurrogate(t *testing.T) {
	truth := slopes(hard)
	for _, c := range []struct {
		width  float64
		lo, hi float64 // share of the derivative that is left
	}{{1, 0.67, 0.78}, {0.1, 0.99, 1.01}} {
		s, want := oasis(t, fmt.Sprint(c.width)), slopes(smooth(c.width))
		judge(t, s, "straight-through", nil, 20000, want, "metabolism_alpha", "metabolism_beta")
		for _, k := range []int{2, 3} {
			if share := want[k] / truth[k]; share < c.lo || share > c.hi {
				t.Errorf("at width %g the surrogate has %.3f of the derivative by %s", c.width, share, s.Model.Parameters[k].Name)
			}
		}
	}
}

// judge fails if an estimator's derivatives of survival are off.
func judge(t *testing.T, s *abm.Setup, name string, options map[string]string, samples int, want [4]float64, parameters ...string) {
	t.Helper()
	e, err := gradient.New(name, options)
	if err != nil {
		t.Fatal(err)
	}
	p, err := gradient.NewProblem(s, 11)
	if err != nil {
		t.Fatal(err)
	}
	m, err := gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: samples, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	alive := len(s.Model.Observables) + s.Model.Observable("alive")
	for _, parameter := range parameters {
		k := s.Model.Parameter(parameter)
		at := alive*len(p.Active) + k
		if z := (m.Mean[at] - want[k]) / m.SE(at); math.Abs(z) > 4 {
			t.Errorf("%s: derivative by %s is %.4f ± %.4f, want %.4f", name, parameter, m.Mean[at], m.SE(at), want[k])
		}
	}
}
