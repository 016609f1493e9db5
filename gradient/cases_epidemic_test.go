package gradient_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// epidemicCases are epidemics on small graphs.
func epidemicCases() []exactCase { return append(graphCases(), crowdCases()...) }

// graph lists for each agent its neighbours.
type graph [][]int

func graphOf(n int, edges ...[2]int) graph {
	g := make(graph, n)
	for _, e := range edges {
		g[e[0]] = append(g[e[0]], e[1])
		g[e[1]] = append(g[e[1]], e[0])
	}
	return g
}

// complete returns the graph on which all n agents meet.
func complete(n int) graph {
	g := make(graph, n)
	for i := range n {
		for j := range n {
			if i != j {
				g[i] = append(g[i], j)
			}
		}
	}
	return g
}

// epidemic is an SIR epidemic that draws for everybody in every step: infection
// with probability 1 − e^(−β·S_i·x_i), where x_i is the share of neighbours
// infected, and recovery of the infected with 1 − e^(−γ). It observes how many
// were ever infected and how many in the last step.
func epidemic(g graph, steps int) *abm.Model {
	names := []string{"beta", "gamma", "i0"}
	return toy("epidemic", names, []string{"ever infected", "new infections"}, func(w *abm.World) []ad.Num {
		e := &epidemicRun{w: w, g: g, s: make([]ad.Num, len(g)), i: make([]ad.Num, len(g))}
		for k := range g {
			e.i[k] = w.Bernoulli(abm.Purpose(k), w.Param("i0"))
			e.s[k] = e.i[k].Not()
		}
		var caught ad.Num
		for t := 1; t <= steps; t++ {
			caught = e.step(abm.Purpose(2 * t * len(g)))
		}
		ever := ad.Num{}
		for _, s := range e.s {
			ever = ever.Add(s.Not())
		}
		return []ad.Num{ever, caught}
	})
}

type epidemicRun struct {
	w    *abm.World
	g    graph
	s, i []ad.Num
}

// step returns the number of new infections.
func (e *epidemicRun) step(first abm.Purpose) (caught ad.Num) {
	beta, recovers := e.w.Param("beta"), e.w.Param("gamma").Neg().Expm1().Neg()
	s, i := make([]ad.Num, len(e.g)), make([]ad.Num, len(e.g))
	for k, neighbours := range e.g {
		sick := ad.Num{}
		for _, j := range neighbours {
			sick = sick.Add(e.i[j])
		}
		x := e.w.Event(first+abm.Purpose(2*k), beta.Mul(e.s[k]).Mul(sick.Times(1/float64(len(neighbours)))))
		s[k], i[k] = e.s[k].Sub(x), e.i[k].Add(x)
		if e.i[k].Primal() == 1 {
			i[k] = i[k].Sub(e.i[k].Mul(e.w.Bernoulli(first+abm.Purpose(2*k+1), recovers)))
		}
		caught = caught.Add(x)
	}
	e.s, e.i = s, i
	return caught
}

// graphCases have exact means by enumeration of the histories.
func graphCases() []exactCase {
	pair, path := graphOf(2, [2]int{0, 1}), graphOf(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3})
	cycle := graphOf(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 0})
	star := graphOf(4, [2]int{0, 1}, [2]int{0, 2}, [2]int{0, 3})
	paw := graphOf(4, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 2}, [2]int{2, 3})
	var cases []exactCase
	for _, c := range []struct {
		name              string
		g                 graph
		steps             int
		mean              float64
		beta, gamma, seed float64
	}{
		{"pair", pair, 3, .798121096382, .128756252716, -.114500491674, 2.794989590353},
		{"path", path, 3, 1.856388549891, .663352131212, -.387451113355, 5.897054265413},
		{"pair", pair, 10, .809532662251, .098175273619, -.154392923048, 2.825420432669},
		{"path", path, 5, 2.009180544214, .701830234248, -.756457961592, 6.068425294937},
		{"path", path, 10, 2.083885321773, .650671452293, -1.109160119963, 6.123446182499},
		{"cycle", cycle, 5, 2.192238982819, .813126216971, -.880753015131, 6.227958121556},
		{"star", star, 5, 2.012171416278, .686424331684, -.764931317279, 6.094282476952},
		{"complete", complete(4), 5, 2.261235669913, .797859689646, -.876088875704, 6.310583423233},
		{"paw", paw, 5, 2.112736155818, .740962235415, -.808552672317, 6.190870169556},
	} {
		if cheap := c.steps == 3 || c.name == "star" || c.name == "complete"; !cheap && !*long {
			continue
		}
		cases = append(cases, exactCase{
			name: fmt.Sprintf("%s of %d, %d steps", c.name, len(c.g), c.steps), model: epidemic(c.g, c.steps),
			theta: []float64{0.8, 0.3, 0.25}, mean: []float64{c.mean, nan}, d: [][]float64{{c.beta, c.gamma, c.seed}, {nan, nan, nan}},
			rough: true,
		})
	}
	unknown := []float64{nan, nan, nan}
	tell := func(mean, sd []float64) told {
		return told{mean: [][]float64{mean, unknown}, sd: [][]float64{sd, unknown}}
	}
	through := tell([]float64{.72205, -.36002, 11.5803}, []float64{.658, .460, 8.89})
	cases[1].told = map[string]told{
		"straight-through": through, "weighted": through,
		"both":  tell([]float64{.69738, -.29061, 5.8924}, []float64{.610, .395, 1.63}),
		"right": tell([]float64{.83654, -.27824, 14.388}, []float64{.878, .525, 12.4}),
		"left":  tell([]float64{.89492, -.03005, 6.3883}, []float64{1.12, .263, 5.18}),
	}
	return cases
}

// crowdCases are one step on the complete graph.
func crowdCases() []exactCase {
	var cases []exactCase
	for _, c := range []struct {
		n                     int
		mean, beta, seed, lie float64 // what straight-through tells of the seed
	}{
		{4, .2469262928, .2629769628, 2.1366510511, 2.4400773956},
		{10, .6659486315, .7690628127, 5.6942894890, 5.9719908446},
		{100, 6.8954084807, 8.2502145070, 58.6075444439, 59.0835016098},
	} {
		if c.n > 10 && !*long {
			continue // they cost too much
		}
		through := told{mean: [][]float64{{nan, nan, nan}, {c.beta, 0, c.lie}}}
		cases = append(cases, exactCase{
			name: fmt.Sprintf("crowd of %d", c.n), model: epidemic(complete(c.n), 1),
			theta: []float64{0.8, 0.3, 0.1}, mean: []float64{nan, c.mean},
			d:     [][]float64{{nan, nan, nan}, {c.beta, 0, c.seed}},
			told:  map[string]told{"straight-through": through, "weighted": through},
			rough: c.n > 4,
		})
	}
	return cases
}
