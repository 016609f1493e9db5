package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// continuous is a law whose moments are known with their derivatives in the
// parameters share (s) and rate (r).
type continuous struct {
	name   string
	draw   func(w *abm.World, s, r ad.Num) ad.Num
	s, r   float64
	mean   [3]float64 // E[x] and its derivatives in s and r
	square [3]float64 // E[x²] and its
}

func continuousLaws() []continuous {
	all := []continuous{
		{"uniform", func(w *abm.World, s, r ad.Num) ad.Num { return w.Uniform(0, s, r) }, 0.5, 2,
			[3]float64{1.25, 0.5, 0.5}, [3]float64{1.75, 1, 1.5}},
		{"normal", func(w *abm.World, s, r ad.Num) ad.Num { return w.Normal(0, s, r) }, 0.5, 2,
			[3]float64{0.5, 1, 0}, [3]float64{4.25, 1, 4}},
		{"exponential", func(w *abm.World, _, r ad.Num) ad.Num { return w.Exponential(0, r) }, 0.5, 2,
			[3]float64{0.5, 0, -0.25}, [3]float64{0.5, 0, -0.5}},
	}
	m, v := math.Exp(0.3+0.5*0.16), math.Exp(0.6+2*0.16)
	all = append(all, continuous{"log-normal", func(w *abm.World, s, r ad.Num) ad.Num { return w.LogNormal(0, s, r) }, 0.3, 0.4,
		[3]float64{m, m, 0.4 * m}, [3]float64{v, 2 * v, 1.6 * v}})
	for _, a := range []float64{0.05, 0.3, 1, 2.5, 40} {
		const r = 2.0
		all = append(all, continuous{fmt.Sprint("gamma ", a), func(w *abm.World, s, r ad.Num) ad.Num { return w.Gamma(0, s, r) }, a, r,
			[3]float64{a / r, 1 / r, -a / (r * r)},
			[3]float64{a * (a + 1) / (r * r), (2*a + 1) / (r * r), -2 * a * (a + 1) / (r * r * r)}})
	}
	for _, shapes := range [][2]float64{{0.05, 0.05}, {0.1, 3}, {2, 5}, {1, 1}, {60, 20}} {
		a, b := shapes[0], shapes[1]
		all = append(all, continuous{fmt.Sprint("beta ", shapes), func(w *abm.World, s, r ad.Num) ad.Num { return w.Beta(0, s, r) }, a, b,
			betaMean(a, b), betaSquare(a, b)})
		all = append(all, continuous{fmt.Sprint("Dirichlet ", shapes), func(w *abm.World, s, r ad.Num) ad.Num {
			x := w.Dirichlet(0, []ad.Num{s, r, ad.Const(0.5)})
			return x[0].Add(x[2])
		}, a, b, betaMean(a+0.5, b), betaSquare(a+0.5, b)}) // two of three elements add up to a beta draw
	}
	return all
}

func betaMean(a, b float64) [3]float64 {
	n := a + b
	return [3]float64{a / n, b / (n * n), -a / (n * n)}
}

func betaSquare(a, b float64) [3]float64 {
	n := a + b
	square := a * (a + 1) / (n * (n + 1))
	inN := -square * (1/n + 1/(n+1)) // its derivative in n
	return [3]float64{square, square*(1/a+1/(a+1)) + inN, inN}
}

// sample returns draws of a law with their derivatives in s and r.
func (c continuous) sample(t *testing.T, seed uint64, n int) (x []float64, slope [][2]float64) {
	m := prober(1, func(w *abm.World) func() {
		d := make([]float64, 2)
		for range w.Agents(n) {
			v := c.draw(w, w.Param("p"), w.Param("rate"))
			x = append(x, v.Primal())
			w.Arena().Tangents(d, v)
			slope = append(slope, [2]float64(d))
		}
		return func() {}
	})
	w := abm.NewWorld(ready(t, m), []int{0, 4}, nil)
	defer w.Close()
	if err := w.Run([]float64{c.s, 0, 1, 0, c.r}, rng.Seed{Master: seed}); err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	return x, slope
}

// The first two moments of the draws and the pathwise derivatives of both are
// those of the law.
func TestContinuousDraws(t *testing.T) {
	for seed, c := range continuousLaws() {
		x, slope := c.sample(t, uint64(seed), draws/2)
		quantity := map[string]func(i int) float64{
			"mean": func(i int) float64 { return x[i] }, "square": func(i int) float64 { return x[i] * x[i] },
			"mean by s": func(i int) float64 { return slope[i][0] }, "square by s": func(i int) float64 { return 2 * x[i] * slope[i][0] },
			"mean by r": func(i int) float64 { return slope[i][1] }, "square by r": func(i int) float64 { return 2 * x[i] * slope[i][1] },
		}
		for name, want := range map[string]float64{
			"mean": c.mean[0], "mean by s": c.mean[1], "mean by r": c.mean[2],
			"square": c.square[0], "square by s": c.square[1], "square by r": c.square[2],
		} {
			sum, squares := 0.0, 0.0
			for i := range x {
				v := quantity[name](i)
				sum += v
				squares += v * v
			}
			mean := sum / (draws / 2)
			se := math.Sqrt(math.Max(0, squares/(draws/2)-mean*mean) / (draws / 2))
			if math.Abs(mean-want) > 4*se+1e-9 || math.IsNaN(mean) {
				t.Errorf("%s, %s: %v ± %v, want %v", c.name, name, mean, se, want)
			}
		}
	}
}

// A draw is the same whether its parameters carry derivatives or not, and
// without them it has none.
func TestPassiveContinuousDraws(t *testing.T) {
	for seed, c := range continuousLaws() {
		x, _ := c.sample(t, uint64(seed), 200)
		mustRun(t, rng.Seed{Master: uint64(seed)}, func(w *abm.World) {
			for i := range w.Agents(200) {
				if got := c.draw(w, ad.Const(c.s), ad.Const(c.r)); got != ad.Const(x[i]) {
					t.Fatalf("%s: draw %d is %v, with derivatives %v", c.name, i, got.Primal(), x[i])
				}
			}
		})
	}
}
