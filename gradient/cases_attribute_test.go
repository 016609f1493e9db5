package gradient_test

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// attributeCases are attributes drawn from continuous laws that decide by hard
// comparisons.
func attributeCases() []exactCase {
	cases := slices.Concat([]exactCase{gateCase(), thresholdCase()}, workerCases(), gathererCases())
	for i := range cases {
		cases[i].attribute = true
	}
	return cases
}

// blind fills in that all contenders tell the same, since they see no jumps of
// continuous draws, but those that do.
func blind(all map[string]told, all0 told) map[string]told {
	for _, who := range contenders {
		if _, known := all[who.name]; !known && !slices.Contains(seeing, who.name) {
			all[who.name] = all0
		}
	}
	return all
}

// seeing lists the contenders that see jumps of continuous draws.
var seeing = []string{"score of all", "resample-pair", "finite-difference"}

// gateCase is 1[u < θ] for uniform u, with the derivative of smooth gates. It is
// unbiased while θ is far from the ends.
func gateCase() exactCase {
	const theta, width = 0.5, 0.05
	m := toy("gates", []string{"theta"}, []string{"normal", "logistic"}, func(w *abm.World) []ad.Num {
		x := w.Param("theta").Sub(w.Uniform(0, ad.Const(0), ad.Const(1)))
		hard := 0.0
		if x.Primal() > 0 {
			hard = 1
		}
		return []ad.Num{
			ad.Const(hard).Surrogate(abm.NormalCDF{Sigma: width}.Step(x)),
			ad.Const(hard).Surrogate(abm.Logistic{Width: width / 2}.Step(x)),
		}
	})
	smooth := told{
		mean: [][]float64{{1}, {1}},
		sd:   [][]float64{{math.Sqrt(1/(2*math.Sqrt(math.Pi)*width) - 1)}, {math.Sqrt(1/(6*width/2) - 1)}},
	}
	return exactCase{
		name: "gates", model: m, theta: []float64{theta}, mean: []float64{theta, theta}, d: [][]float64{{1}, {1}},
		exact: []string{"score of all", "resample-pair"},
		told:  map[string]told{"straight-through": smooth},
	}
}

// thresholdCase is 1[x > c] for x from Beta(a, b). That the threshold moves shows
// in no draw.
func thresholdCase() exactCase {
	m := toy("threshold", []string{"c", "a", "b"}, []string{"above"}, func(w *abm.World) []ad.Num {
		if w.Beta(0, w.Param("a"), w.Param("b")).Primal() > w.Param("c").Primal() {
			return nums(1)
		}
		return nums(0)
	})
	const da, db = 0.2408693761, -0.1563443364
	seen := told{mean: [][]float64{{0, da, db}}}
	return exactCase{
		name: "threshold", model: m, theta: []float64{0.4, 2, 3}, mean: []float64{0.4752}, d: [][]float64{{-1.728, da, db}},
		told: blind(map[string]told{"score of all": seen, "resample-pair": seen}, told{mean: [][]float64{{0, 0, 0}}}),
	}
}

// firm is where a worker can go: output A·(E+e) + B·(E+e)² of effort e beside the
// others' E, shared among n.
type firm struct{ a, b, others, n float64 }

// effort is what a worker of taste ω gives there: it maximises utility.
func (f firm) effort(taste ad.Num) ad.Num {
	a, b, e := f.a, f.b, f.others
	square := taste.Square().Times(4*a*b*(1+e) + 4*b*b*(1+e)*(1+e)).Plus(a * a)
	return ad.Max(taste.Plus(-e).Times(2*b).Plus(-a).Add(square.Sqrt()).Div(taste.Plus(1).Times(2*b)), ad.Num{})
}

// utility is (O/n)^ω·(1−e)^(1−ω).
func (f firm) utility(taste, effort float64) float64 {
	work := f.others + effort
	return math.Pow((f.a*work+f.b*work*work)/f.n, taste) * math.Pow(1-effort, 1-taste)
}

// workerCases are the effort of one worker with a taste from Beta(a, b), in a
// firm or alone (Axtell's model of firms). The choice switches at one taste.
func workerCases() []exactCase {
	var cases []exactCase
	for _, c := range []struct {
		name                 string
		firm                 firm
		mean                 float64
		da, jumpA, db, jumpB float64
		sdA, sdB             float64 // of a pair
		smoothA, smoothB     float64 // sd of pathwise derivatives
	}{
		{"worker", firm{.5, .6, 1.1, 4}, .1876784730, .1238707547, .0338054590, -.1085995863, -.0322811396, .200, .177, .119, .092},
		{"other worker", firm{.9, .2, 1.5, 4}, .0995623347, .0773029871, .0282908091, -.0828043741, -.0326446576, nan, nan, nan, nan},
	} {
		alone := firm{.9, .4, 0, 1}
		m := toy(c.name, []string{"a", "b"}, []string{"effort"}, func(w *abm.World) []ad.Num {
			taste := w.Beta(0, w.Param("a"), w.Param("b"))
			at := c.firm.effort(taste)
			own := alone.effort(taste)
			if alone.utility(taste.Primal(), own.Primal()) > c.firm.utility(taste.Primal(), at.Primal()) {
				at = own
			}
			return []ad.Num{at}
		})
		smooth := told{mean: [][]float64{{c.da - c.jumpA, c.db - c.jumpB}}, sd: [][]float64{{c.smoothA, c.smoothB}}}
		group := told{mean: smooth.mean}
		cases = append(cases, exactCase{
			name: c.name, model: m, theta: []float64{2, 3}, mean: []float64{c.mean}, d: [][]float64{{c.da, c.db}},
			told: blind(map[string]told{
				"score":         group,
				"resample-pair": {mean: [][]float64{{c.da, c.db}}, sd: [][]float64{{c.sdA, c.sdB}}},
			}, smooth),
		})
	}
	return cases
}

// gathererCases are the survival of one gatherer with wealth 1 whose metabolism is
// 4·Beta(a, b) and who sees one field with probability p, yielding 0.5, or two,
// yielding 1.5 (the sugarscape).
func gathererCases() []exactCase {
	var cases []exactCase
	for _, c := range []struct{ b, mean, da, db float64 }{
		{2, .61015625, -.1843357109, .2129213384},
		{3, .7749511719, -.1412971145, .1230535926},
	} {
		m := toy("gatherer", []string{"p", "a", "b"}, []string{"alive"}, func(w *abm.World) []ad.Num {
			eats := w.Beta(0, w.Param("a"), w.Param("b")).Times(4)
			gathers := 1.5
			if w.Bernoulli(1, w.Param("p")).Primal() == 1 {
				gathers = 0.5
			}
			if 1+gathers > eats.Primal() {
				return nums(1)
			}
			return nums(0)
		})
		const dp = -.3671875
		discrete := told{mean: [][]float64{{dp, 0, 0}}}
		cases = append(cases, exactCase{
			name: "gatherer of " + format(c.b), model: m, theta: []float64{0.2, 2, c.b},
			mean: []float64{c.mean}, d: [][]float64{{dp, c.da, c.db}},
			told: blind(map[string]told{"score": discrete, "flip": discrete}, told{mean: [][]float64{{0, 0, 0}}}),
		})
	}
	return cases
}
