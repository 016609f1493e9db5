package gradient_test

import (
	"math"
	"slices"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// drawCases are functions of one or a few Bernoulli draws.
func drawCases() []exactCase {
	cases := []exactCase{productCase(), dependentCase(), sumOfTwoCase()}
	for _, p := range []float64{0.02, 0.1, 0.3, 0.5} {
		cases = append(cases, bernoulliCase(p))
	}
	return append(cases, polynomialCase())
}

// softened are mean and standard deviation of gumbel-softmax for one draw, at
// temperatures 0.1, 0.5, 1 and 2.
var softened = map[float64][4][2]float64{
	0.02: {{1.0146, 9.19}, {1.3841, 4.20}, {2.2287, 2.94}, {2.9942, 1.54}},
	0.1:  {{1.0074, 4.19}, {1.1187, 1.64}, {1.1665, 0.884}, {0.9753, 0.325}},
	0.3:  {{0.9957, 2.63}, {0.9059, 0.838}, {0.7390, 0.370}, {0.4956, 0.112}},
	0.5:  {{0.9920, 2.38}, {0.8584, 0.711}, {2.0 / 3, 0.298}, {0.4292, 0.0867}},
}

// one makes mean and spread of the only observable and parameter.
func one(mean, sd float64) told {
	return told{mean: [][]float64{{mean}}, sd: [][]float64{{sd}}}
}

// bernoulliCase is one draw told as it is.
func bernoulliCase(p float64) exactCase {
	q := 1 - p
	const runs = 10 // of a group of score
	group := ((1-3*p*q)/(p*q) - (runs-3.0)/(runs-1)) / runs
	c := exactCase{
		name:  "one draw " + format(p),
		model: toy("draw", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num { return []ad.Num{w.Bernoulli(0, w.Param("p"))} }),
		theta: []float64{p}, mean: []float64{p}, d: [][]float64{{1}},
		exact: calibrated,
		told: map[string]told{
			"straight-through": one(1, 0), "weighted": one(1, 0),
			"right": one(1, math.Sqrt(p/q)), "left": one(1, math.Sqrt(q/p)),
			"both":  one(1, math.Sqrt(1/(4*p*q)-1)),
			"score": one(1, math.Sqrt(group)),
		},
	}
	for i, tau := range []string{"0.1", "0.5", "1", "2"} {
		c.told["gumbel "+tau] = one(softened[p][i][0], softened[p][i][1])
	}
	return c
}

// polynomialCase is one draw in texts that say the same of 0 and 1.
func polynomialCase() exactCase {
	const p, t = 0.3, 0.4
	m := toy("polynomials", []string{"p"}, []string{"(x−t)²", "x²", "x³"}, func(w *abm.World) []ad.Num {
		x := w.Bernoulli(0, w.Param("p"))
		return []ad.Num{x.Plus(-t).Square(), x.Square(), x.PowConst(3)}
	})
	three := func(a, b, c float64) told { return told{mean: [][]float64{{a}, {b}, {c}}} }
	through := three(2*(p-t), 2*p, 3*p)
	through.sd = [][]float64{{2 * math.Sqrt(p*(1-p))}, {math.NaN()}, {math.NaN()}}
	return exactCase{
		name: "polynomials", model: m, theta: []float64{p},
		mean: []float64{p*(1-t)*(1-t) + (1-p)*t*t, p, p}, d: [][]float64{{1 - 2*t}, {1}, {1}},
		told: map[string]told{
			"straight-through": through, "weighted": through,
			"right": three(-2*t, 0, 0), "left": three(2*(1-t), 2, 3), "both": three(1-2*t, 1, 1.5),
		},
	}
}

// productCase is multilinear, or the same as a comparison.
func productCase() exactCase {
	const p, n = 0.5, 3
	m := toy("products", []string{"p"}, []string{"two", "three", "all"}, func(w *abm.World) []ad.Num {
		var x [n]ad.Num
		for k := range x {
			x[k] = w.Bernoulli(abm.Purpose(k), w.Param("p"))
		}
		two := x[0].Mul(x[1])
		all := ad.Num{}
		if x[0].Primal()+x[1].Primal()+x[2].Primal() == n {
			all = ad.Const(1)
		}
		return []ad.Num{two, two.Mul(x[2]), all}
	})
	c := exactCase{
		name: "products", model: m, theta: []float64{p},
		mean: []float64{p * p, p * p * p, p * p * p}, d: [][]float64{{2 * p}, {3 * p * p}, {3 * p * p}},
		told: map[string]told{},
	}
	for _, who := range linear { // which are blind to a comparison
		c.told[who] = told{mean: [][]float64{{2 * p}, {3 * p * p}, {0}}}
	}
	for i, tau := range []string{"0.1", "0.5", "1", "2"} {
		m := softened[p][i][0]
		c.told["gumbel "+tau] = told{mean: [][]float64{{2 * p * m}, {3 * p * p * m}, {0}}}
	}
	return c
}

// dependentCase draws with probability a after 0 and b after 1, told linearly or
// not.
func dependentCase() exactCase {
	const p, a, b = 0.4, 0.2, 0.7
	ratio := math.Log(b / a)
	m := toy("dependent draws", []string{"p"}, []string{"linear", "power"}, func(w *abm.World) []ad.Num {
		x := w.Bernoulli(0, w.Param("p"))
		return []ad.Num{
			w.Bernoulli(1, x.Times(b-a).Plus(a)),
			w.Bernoulli(2, x.Times(ratio).Exp().Times(a)),
		}
	})
	power := func(v float64) told { return told{mean: [][]float64{{b - a}, {v}}} }
	mean := (1-p)*a + p*b
	return exactCase{
		name: "dependent draws", model: m, theta: []float64{p},
		mean: []float64{mean, mean}, d: [][]float64{{b - a}, {b - a}},
		told: map[string]told{
			"straight-through": power(ratio * mean), "weighted": power(ratio * mean),
			"right": power(ratio * a), "left": power(ratio * b), "both": power(ratio * (a + b) / 2),
		},
	}
}

// sumOfTwoCase is 2·Bernoulli(3θ) + Bernoulli(θ).
func sumOfTwoCase() exactCase {
	const theta = 0.1
	m := toy("sum of two draws", []string{"theta"}, []string{"sum"}, func(w *abm.World) []ad.Num {
		x := w.Bernoulli(0, w.Param("theta").Times(3))
		return []ad.Num{x.Times(2).Add(w.Bernoulli(1, w.Param("theta")))}
	})
	c := exactCase{
		name: "sum of two draws", model: m, theta: []float64{theta},
		mean: []float64{7 * theta}, d: [][]float64{{7}},
		exact: slices.Concat(smoothed, calibrated),
		told:  map[string]told{"straight-through": one(7, 0)},
	}
	for i, tau := range []string{"0.1", "0.5", "1", "2"} {
		c.told["gumbel "+tau] = told{mean: [][]float64{{6*softened[0.3][i][0] + softened[0.1][i][0]}}}
	}
	return c
}
