package abm_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// listener is a rule that calls heard about draws of continuous laws and makes
// them plain.
type listener struct {
	abm.Rule
	heard func(w *abm.World, density abm.Density, x float64)
}

func (l listener) Continuous(w *abm.World, _ abm.Site, density abm.Density, x ad.Num) ad.Num {
	l.heard(w, density, x.Primal())
	return x.Detach()
}

// densities are the continuous laws with a density, at parameters a and b.
var densities = []struct {
	name string
	draw func(w *abm.World, a, b ad.Num) ad.Num
	log  func(x, a, b float64) float64
}{
	{"normal", func(w *abm.World, a, b ad.Num) ad.Num { return w.Normal(0, a, b) },
		func(x, a, b float64) float64 { return distuv.Normal{Mu: a, Sigma: b}.LogProb(x) }},
	{"log-normal", func(w *abm.World, a, b ad.Num) ad.Num { return w.LogNormal(0, a, b) },
		func(x, a, b float64) float64 { return distuv.Normal{Mu: a, Sigma: b}.LogProb(x) }}, // heard of as the normal below
	{"exponential", func(w *abm.World, a, _ ad.Num) ad.Num { return w.Exponential(0, a) },
		func(x, a, _ float64) float64 { return distuv.Exponential{Rate: a}.LogProb(x) }},
	{"gamma", func(w *abm.World, a, b ad.Num) ad.Num { return w.Gamma(0, a, b) },
		func(x, a, b float64) float64 { return distuv.Gamma{Alpha: a, Beta: b}.LogProb(x) }},
	{"beta", func(w *abm.World, a, b ad.Num) ad.Num { return w.Beta(0, a, b) },
		func(x, a, b float64) float64 { return distuv.Beta{Alpha: a, Beta: b}.LogProb(x) }},
}

func TestScoreIsTheSlopeOfTheLogDensity(t *testing.T) {
	const a, b = 1.3, 2.4
	for _, c := range densities {
		heard := 0
		rule := listener{heard: func(w *abm.World, density abm.Density, x float64) {
			heard++
			s := rng.Seed{Master: 5}.Stream(rng.Key{Agent: w.Step()})
			for range 2 { // at the value drawn and at another
				got := w.Arena().Tangents(nil, density.Score())
				want := fd.Gradient(nil, func(p []float64) float64 { return c.log(x, p[0], p[1]) }, []float64{a, b},
					&fd.Settings{Formula: fd.Central, Step: 1e-5})
				for k := range want {
					if math.Abs(got[k]-want[k]) > 1e-7*(1+math.Abs(want[k])) {
						t.Errorf("%s at %g: score %v, want %v", c.name, x, got, want)
					}
				}
				x = density.Redraw(&s)
			}
		}}
		repeat(t, c.draw, a, b, 50, rule, func(w *abm.World, x ad.Num) {
			if x.Active() {
				t.Errorf("%s: the rule's answer is not taken", c.name)
			}
		})
		if heard != 50 {
			t.Errorf("%s: the rule hears of %d draws, want 50", c.name, heard)
		}
	}
}

// repeat makes n steps with a draw each.
func repeat(t *testing.T, draw func(w *abm.World, a, b ad.Num) ad.Num, a, b float64, n int, rule abm.Rule, each func(w *abm.World, x ad.Num)) {
	t.Helper()
	m := &abm.Model{
		Name:        "repeated draw",
		Parameters:  []abm.Parameter{{Name: "a", Support: abm.Positive, Default: a}, {Name: "b", Support: abm.Positive, Default: b}},
		Settings:    []abm.Setting{abm.StepsSetting(n + 1)},
		Observables: []abm.Observable{{Name: "x"}},
		Start: func(w *abm.World) func() {
			return func() { each(w, draw(w, w.Param("a"), w.Param("b"))) }
		},
	}
	s := abm.NewSetup(m)
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	w := abm.NewWorld(s, []int{0, 1}, rule)
	defer w.Close()
	if err := w.Run(s.Theta(), rng.Seed{Master: 1}); err != nil {
		t.Fatal(err)
	}
}

// What is drawn anew has the law of what was drawn.
func TestRedrawHasTheSameLaw(t *testing.T) {
	const n = 4000
	for _, c := range densities {
		var first, second []float64
		rule := listener{heard: func(w *abm.World, density abm.Density, x float64) {
			s := rng.Seed{Master: 6}.Stream(rng.Key{Agent: w.Step()})
			first, second = append(first, x), append(second, density.Redraw(&s))
		}}
		repeat(t, c.draw, 1.3, 2.4, n, rule, func(*abm.World, ad.Num) {})
		for _, moment := range []float64{1, 2} {
			m1, v1 := powers(first, moment)
			m2, v2 := powers(second, moment)
			if z := (m1 - m2) / math.Sqrt((v1+v2)/n); math.Abs(z) > 4 {
				t.Errorf("%s: moment %g is %g drawn and %g drawn anew", c.name, moment, m1, m2)
			}
		}
		if r := stat.Correlation(first, second, nil); math.Abs(r) > 4/math.Sqrt(n) {
			t.Errorf("%s: what is drawn anew depends on what was drawn, correlation %g", c.name, r)
		}
	}
}

// powers returns mean and variance of x^k.
func powers(x []float64, k float64) (mean, variance float64) {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = math.Pow(v, k)
	}
	return stat.MeanVariance(y, nil)
}

// A rule that does not ask for densities leaves draws pathwise, and a draw can be
// forced.
func TestContinuousDrawsWithoutADensityRule(t *testing.T) {
	for _, c := range densities {
		repeat(t, c.draw, 1.3, 2.4, 3, nil, func(w *abm.World, x ad.Num) {
			if !x.Active() {
				t.Errorf("%s has no pathwise derivatives", c.name)
			}
		})
		repeat(t, c.draw, 1.3, 2.4, 3, nil, func(w *abm.World, x ad.Num) {
			w.Force(abm.Site{Purpose: 0, Agent: -1, Step: w.Step() + 1}, 0.25)
			want := 0.25
			if c.name == "log-normal" {
				want = math.Exp(0.25)
			}
			if w.Step() > 1 && x.Primal() != want {
				t.Errorf("%s forced to %g is %g", c.name, want, x.Primal())
			}
		})
	}
}
