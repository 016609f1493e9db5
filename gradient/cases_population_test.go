package gradient_test

import (
	"fmt"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// populationCases are populations whose numbers decide what is drawn.
func populationCases() []exactCase {
	return append(lifeCases(), branchingCase())
}

// life is the stochastic Game of Life on k × k cells with four neighbours: a
// dead cell with 3 neighbours comes alive, a living one without 2 or 3 dies,
// with probability 1−θ; else that happens with probability θ.
func life(k, steps int) *abm.Model {
	name := fmt.Sprintf("life on %d×%d, %d steps", k, k, steps)
	return toy(name, []string{"p", "theta"}, []string{"alive"}, func(w *abm.World) []ad.Num {
		board := make([]ad.Num, k*k)
		for i := range board {
			board[i] = w.Bernoulli(abm.Purpose(i), w.Param("p"))
		}
		for t := 1; t <= steps; t++ {
			next := make([]ad.Num, k*k)
			for i, alive := range board {
				happens := neighboursAlive(board, k, i) == 3
				if alive.Primal() == 1 {
					happens = neighboursAlive(board, k, i) < 2 || neighboursAlive(board, k, i) > 3
				}
				p := w.Param("theta")
				if happens {
					p = p.Not()
				}
				changes := w.Bernoulli(abm.Purpose(t*k*k+i), p)
				next[i] = alive.Add(alive.Times(-2).Plus(1).Mul(changes))
			}
			board = next
		}
		sum := ad.Num{}
		for _, x := range board {
			sum = sum.Add(x)
		}
		return []ad.Num{sum}
	})
}

// neighboursAlive counts the living among the four neighbours of cell i.
func neighboursAlive(board []ad.Num, k, i int) int {
	n := 0
	for _, at := range [][2]int{{i/k - 1, i % k}, {i/k + 1, i % k}, {i / k, i%k - 1}, {i / k, i%k + 1}} {
		if 0 <= at[0] && at[0] < k && 0 <= at[1] && at[1] < k {
			n += int(board[at[0]*k+at[1]].Primal())
		}
	}
	return n
}

func lifeCases() []exactCase {
	var cases []exactCase
	for _, c := range []struct {
		k, steps         int
		p, mean, dp, dth float64
	}{
		{2, 1, 0.5, 0.8, 2.4, 3.0},
		{2, 3, 0.5, 0.499927040000, 0.769136640000, 3.132851200000},
		{3, 1, 0.5, 2.65, 8.3, 4.625},
		{3, 2, 0.5, 1.74836, 5.097584, 7.3802},
		{3, 3, 0.5, 1.376033921571, 3.004077065458, 7.626278789248},
		{3, 3, 0.3, 0.998945786575, 0.905594260434, 9.516898965038},
	} {
		if c.k > 2 && c.steps > 1 && !*long {
			continue // they cost too much
		}
		m := life(c.k, c.steps)
		cases = append(cases, exactCase{
			name: m.Name + " from " + format(c.p), model: m, theta: []float64{c.p, 0.1},
			mean: []float64{c.mean}, d: [][]float64{{c.dp, c.dth}}, rough: c.steps > 1,
		})
	}
	return cases
}

// branchingCase is five generations of up to two children a head, each with
// probability p.
func branchingCase() exactCase {
	const generations = 5
	m := toy("branching", []string{"p"}, []string{"size", "extinct"}, func(w *abm.World) []ad.Num {
		size, extinct, born := 1, 0.0, abm.Purpose(0)
		for range generations {
			next := 0
			for range 2 * size {
				next += int(w.Bernoulli(born, w.Param("p")).Primal())
				born++
			}
			size = next
		}
		if size == 0 {
			extinct = 1
		}
		return nums(float64(size), extinct)
	})
	return exactCase{
		name: "branching", model: m, theta: []float64{0.6},
		mean: []float64{2.48832, 0.362149200544}, d: [][]float64{{20.736}, {-2.232633013847}},
	}
}
