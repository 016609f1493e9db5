package gradient_test

import (
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// walk is x_t = Σ ±1 with P(+1) = up, whose mean (2·up−1)·t has derivative 2t.
var walk = &abm.Model{
	Name:        "walk",
	Parameters:  []abm.Parameter{{Name: "up", Default: 0.4, Support: abm.Probability}},
	Settings:    []abm.Setting{abm.StepsSetting(6)},
	Observables: []abm.Observable{{Name: "x"}},
	Start: func(w *abm.World) func() {
		x := w.Column(1)
		w.Observe(0, x.At(0))
		return func() {
			x.Set(0, x.At(0).Add(w.Bernoulli(0, w.Param("up")).Times(2)).Plus(-1))
			w.Observe(0, x.At(0))
		}
	},
}

// formula is a model without luck: of(θ), for a parameter of the given support
// and one that the first must stay below.
func formula(support abm.Support, of func(x ad.Num) ad.Num) *abm.Model {
	return &abm.Model{
		Name: "formula",
		Parameters: []abm.Parameter{
			{Name: "theta", Support: support, Default: max(0, support.Lo), Below: "ceiling"},
			{Name: "ceiling", Support: abm.Real, Default: math.Inf(1)},
		},
		Settings:    []abm.Setting{abm.StepsSetting(1)},
		Observables: []abm.Observable{{Name: "y"}},
		Start: func(w *abm.World) func() {
			w.Observe(0, of(w.Param("theta")))
			return func() {}
		},
	}
}

// formulaAt is a formula's problem, active in theta alone.
func formulaAt(tb testing.TB, m *abm.Model, theta float64) *gradient.Problem {
	tb.Helper()
	p := problem(tb, m, theta, math.Inf(1))
	p.Active = []int{0}
	return p
}

func cube(x ad.Num) ad.Num { return x.Mul(x).Mul(x) }
