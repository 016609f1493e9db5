package gradient_test

import (
	"fmt"
	"math"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// walkCases are random walks.
func walkCases() []exactCase {
	return append(dampedWalkCases(), freeWalkCase(), gamblerCase(), noisyWalkCase())
}

// freeWalkCase is a sum of steps of ±1, up with probability θ.
func freeWalkCase() exactCase {
	const theta, steps = 0.3, 5.0
	m := toy("walk", []string{"theta"}, []string{"x", "x²"}, func(w *abm.World) []ad.Num {
		x := ad.Num{}
		for t := range abm.Purpose(steps) {
			x = x.Add(w.Bernoulli(t, w.Param("theta")).Times(2).Plus(-1))
		}
		return []ad.Num{x, x.Square()}
	})
	drift := 2*theta - 1
	square := func(v, sd float64) told {
		return told{mean: [][]float64{{2 * steps}, {v}}, sd: [][]float64{{sd}, {math.NaN()}}}
	}
	through := square(4*steps*steps*drift, 0)
	c := exactCase{
		name: "walk", model: m, theta: []float64{theta},
		mean: []float64{drift * steps, 4*steps*theta*(1-theta) + drift*drift*steps*steps},
		d:    [][]float64{{2 * steps}, {4 * steps * (steps - 1) * drift}},
		told: map[string]told{
			"straight-through": through, "weighted": through,
			"right": square(4*steps*((steps-1)*drift-1), 2*math.Sqrt(steps*theta/(1-theta))),
			"left":  square(4*steps*((steps-1)*drift+1), 2*math.Sqrt(steps*(1-theta)/theta)),
			"both":  square(4*steps*(steps-1)*drift, 2*math.Sqrt(steps*(1/(4*theta*(1-theta))-1))),
		},
	}
	for i, tau := range []string{"0.1", "0.5", "1", "2"} {
		c.told["gumbel "+tau] = told{mean: [][]float64{{2 * steps * softened[theta][i][0]}, {math.NaN()}}}
	}
	for _, who := range calibrated {
		c.told[who] = told{mean: [][]float64{{2 * steps}, {math.NaN()}}}
	}
	return c
}

// dampedWalk goes up with probability e^(−x/p), else down.
func dampedWalk(steps int) *abm.Model {
	return toy("damped walk", []string{"p"}, []string{"x", "x²"}, func(w *abm.World) []ad.Num {
		x := ad.Num{}
		for t := range abm.Purpose(steps) {
			up := w.Bernoulli(t, x.Div(w.Param("p")).Neg().Exp())
			x = x.Add(up.Times(2).Plus(-1))
		}
		return []ad.Num{x, x.Square()}
	})
}

// dampedWalkCases have exact moments by enumeration of the states.
func dampedWalkCases() []exactCase {
	square := func(mean, sd float64) told {
		return told{mean: [][]float64{{nan}, {mean}}, sd: [][]float64{{nan}, {sd}}}
	}
	cases := []exactCase{
		{
			theta: []float64{8}, mean: []float64{2.8712441488, 9.5214207195},
			d: [][]float64{{0.1047637943}, {0.5638025031}},
			told: map[string]told{
				"straight-through": square(0.64638607, 0.3388), "weighted": square(0.64638607, 0.3388),
				"both":  square(0.56838129, 0.1502),
				"right": square(0.42612022, 0.4351), "left": square(0.72236471, 0.5197),
			},
		},
		{
			theta: []float64{20}, mean: []float64{6.8439742313, 50.0327398249},
			d: [][]float64{{0.1106212040}, {1.4898178246}},
			told: map[string]told{
				"straight-through": square(1.57223388, 0.6071), "weighted": square(1.57223388, 0.6071),
				"both":  square(1.49173441, 0.3203),
				"right": square(1.34571929, 0.5271), "left": square(1.64055581, 0.8650),
			},
		},
		{
			theta: []float64{40}, mean: []float64{nan, nan}, d: [][]float64{{nan}, {3.00989522}},
			told: map[string]told{
				"straight-through": square(3.092445, 0.8866), "weighted": square(3.092445, 0.8866),
				"both":  square(3.01068425, 0.4829),
				"right": {mean: [][]float64{{nan}, {2.86426417}}}, "left": {mean: [][]float64{{nan}, {3.15811391}}},
			},
			rough: true,
		},
		{
			theta: []float64{100}, mean: []float64{33.3833442912, 1130.3988302544},
			d: [][]float64{{0.1134778358}, {7.5581881937}}, rough: true,
		},
	}
	for i, steps := range []int{4, 10, 20, 50} {
		cases[i].name, cases[i].model = fmt.Sprintf("damped walk of %d", steps), dampedWalk(steps)
	}
	return cases
}

// gamblerCase walks from 3 until 0 or 7, an unbounded loop.
func gamblerCase() exactCase {
	m := toy("gambler's ruin", []string{"p"}, []string{"wins"}, func(w *abm.World) []ad.Num {
		x := 3.0
		for t := abm.Purpose(0); 0 < x && x < 7; t++ {
			x += 2*w.Bernoulli(t, w.Param("p")).Primal() - 1
		}
		return nums(x / 7)
	})
	return exactCase{
		name: "gambler's ruin", model: m, theta: []float64{0.55},
		mean: []float64{0.599412467266}, d: [][]float64{{3.2839010555}},
	}
}

// noisyWalkCase draws B of ten draws, then p(1−p)·(2B + 3·Bernoulli(p)) times a
// normal number with mean B and standard deviation p(1−p).
func noisyWalkCase() exactCase {
	const p = 0.6
	m := toy("noisy walk", []string{"p"}, []string{"f"}, func(w *abm.World) []ad.Num {
		p := w.Param("p")
		b := ad.Num{}
		for k := range abm.Purpose(10) {
			b = b.Add(w.Bernoulli(k, p))
		}
		spread := p.Mul(p.Not())
		f := b.Times(2).Add(w.Bernoulli(10, p).Times(3))
		return []ad.Num{spread.Mul(f).Mul(w.Normal(11, b, spread))}
	})
	// B² of a text in B: straight-through is off by 2p−1 for each of ten draws
	through := told{mean: [][]float64{{47.76 + 10*2*p*(1-p)*(2*p-1)}}}
	return exactCase{
		name: "noisy walk", model: m, theta: []float64{p},
		mean: []float64{p * (1 - p) * (2*(10*p*(1-p)+100*p*p) + 3*p*10*p)}, d: [][]float64{{47.76}},
		exact: []string{"both"},
		told:  map[string]told{"straight-through": through, "weighted": through},
	}
}
