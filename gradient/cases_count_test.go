package gradient_test

import (
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// countCases are single counts, told as they are and squared.
func countCases() []exactCase {
	return []exactCase{binomialCase(), nestedCase(), geometricCase(), poissonCase()}
}

// counted returns the model of a count, of its square and of its being 0.
func counted(name, parameter string, draw func(w *abm.World, p ad.Num) ad.Num) *abm.Model {
	return toy(name, []string{parameter}, []string{"x", "x²", "none"}, func(w *abm.World) []ad.Num {
		x, none := draw(w, w.Param(parameter)), 0.0
		if x.Primal() == 0 {
			none = 1
		}
		return []ad.Num{x, x.Square(), ad.Const(none)}
	})
}

// counting is what a contender tells of x and x²; all that carry tangents are
// blind to a comparison with 0.
func counting(x, square, sd float64) told {
	return told{mean: [][]float64{{x}, {square}, {0}}, sd: [][]float64{{sd}, {nan}, {nan}}}
}

// straight copies what straight-through tells to those that agree with it in
// counts.
func straight(all map[string]told) map[string]told {
	for _, c := range contenders[1:7] {
		all[c.name] = all["straight-through"]
	}
	return all
}

func binomialCase() exactCase {
	const n, p = 6.0, 0.3
	const q = 1 - p
	return exactCase{
		name: "binomial", theta: []float64{p},
		model: counted("binomial", "p", func(w *abm.World, p ad.Num) ad.Num { return w.Binomial(0, n, p) }),
		mean:  []float64{n * p, n*p*q + n*n*p*p, math.Pow(q, n)},
		d:     [][]float64{{n}, {n*(1-2*p) + 2*n*n*p}, {-n * math.Pow(q, n-1)}},
		told: straight(map[string]told{
			"straight-through": counting(n, 2*n*n*p, 0), "weighted": counting(n, 2*n*n*p, 0),
			"right": counting(n, 2*n*(n-1)*p, math.Sqrt(n*p/q)),
			"left":  counting(n, 2*n*(q+n*p), math.Sqrt(n*q/p)),
			"both":  counting(n, n*(1-2*p)+2*n*n*p, math.Sqrt(n*(1/(4*p*q)-1))),
		}),
	}
}

// nestedCase is Binomial(Binomial(10, p), p).
func nestedCase() exactCase {
	const p = 0.4
	m := toy("nested binomial", []string{"p"}, []string{"x"}, func(w *abm.World) []ad.Num {
		n := w.Binomial(0, 10, w.Param("p"))
		return []ad.Num{w.Binomial(1, int(n.Primal()), w.Param("p"))}
	})
	return exactCase{name: "nested binomial", model: m, theta: []float64{p}, mean: []float64{10 * p * p}, d: [][]float64{{20 * p}}}
}

func geometricCase() exactCase {
	const p = 0.4
	const q = 1 - p
	slope := -1 / (p * p)
	return exactCase{
		name: "geometric", theta: []float64{p},
		model: counted("geometric", "p", func(w *abm.World, p ad.Num) ad.Num { return w.Geometric(0, p) }),
		mean:  []float64{q / p, q * (2 - p) / (p * p), p},
		d:     [][]float64{{slope}, {(3*p - 4) / (p * p * p)}, {1}},
		told: straight(map[string]told{
			"straight-through": counting(slope, -2*q/(p*p*p), 0),
			"right":            counting(slope, -2*(2-p)/(p*p*p), 1/(p*p*math.Sqrt(q))),
			"left":             counting(slope, -4*q/(p*p*p), math.Sqrt(q)/(p*p)),
			"weighted":         counting(slope, -4*q/(p*p*p), math.Sqrt(q)/(p*p)),
			"both":             counting(slope, (3*p-4)/(p*p*p), nan),
		}),
	}
}

func poissonCase() exactCase {
	const l = 1.5
	return exactCase{
		name: "poisson", theta: []float64{l},
		model: counted("poisson", "lambda", func(w *abm.World, l ad.Num) ad.Num { return w.Poisson(0, l) }),
		mean:  []float64{l, l + l*l, math.Exp(-l)},
		d:     [][]float64{{1}, {1 + 2*l}, {-math.Exp(-l)}},
		told: straight(map[string]told{
			"straight-through": counting(1, 2*l, 0), "weighted": counting(1, 2*l, 0),
			"right": counting(1, 2*l, 0),
			"left":  counting(1, 2*(1+l), 1/math.Sqrt(l)),
			"both":  counting(1, 1+2*l, nan),
		}),
	}
}
