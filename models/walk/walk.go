// Package walk is the Bernoulli random walk of "Automatic Differentiation of
// Agent-Based Models", equation 28: the smallest model with a discrete draw whose
// derivatives are known exactly.
//
// A walker starts at x_0 = 0 and moves by
//
//	x_{t+1} = x_t + 2·b_t − 1 ,   b_t ~ Bernoulli(θ) ,
//
// so that
//
//	E[x_t]  = (2θ−1)·t                       d/dθ = 2t
//	E[x_t²] = 4θ(1−θ)·t + (2θ−1)²·t²         d/dθ = 4(2θ−1)·t(t−1) .
//
// The position is linear in the draws, the square is not.
package walk

import (
	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
)

// move is the purpose of the model's only draw.
const move abm.Purpose = 0

// The observables, by index.
const (
	position = iota
	square
)

// Model describes the walk. Its defaults are those of the tutorial that comes
// with the paper's code.
var Model = &abm.Model{
	Name: "walk",
	Doc:  "random walk with steps of ±1, whose derivatives are known exactly",
	Equations: []string{
		"x_0 = 0,   x_{t+1} = x_t + 2·b_t − 1,   b_t ~ Bernoulli(up)",
		"E[x_t] = (2·up−1)·t,   E[x_t²] = 4·up·(1−up)·t + (2·up−1)²·t²",
	},
	Sources: []string{
		"Automatic Differentiation of Agent-Based Models (arXiv 2509.03303), equation 28",
	},
	Parameters: []abm.Parameter{
		{Name: "up", Unit: "probability", Default: 0.4, Support: abm.Probability,
			Doc: "probability θ that a step goes up"},
	},
	Settings: []abm.Setting{
		{Name: "walkers", Unit: "walkers", Kind: abm.Whole, Min: 1, Default: "1",
			Doc: "independent walkers, over which the observables are averaged"},
		abm.StepsSetting(50),
	},
	Observables: []abm.Observable{
		{Name: "position", Unit: "steps", Doc: "position x, mean of the walkers"},
		{Name: "square", Unit: "steps²", Doc: "squared position x², mean of the walkers"},
	},
	Draws: []string{"move"},
	Start: start,
}

// start puts the walkers at zero and returns the step.
func start(w *abm.World) func() {
	n := w.Int("walkers")
	at, up := w.Column(n), w.Param("up")
	return func() {
		for i := range w.Agents(n) {
			at.Add(i, w.Bernoulli(move, up).Times(2).Plus(-1))
			x := at.At(i)
			w.Observe(position, share(x, n))
			w.Observe(square, share(x.Square(), n))
		}
	}
}

// share is a walker's part of the mean of n.
func share(x ad.Num, n int) ad.Num { return x.Times(1 / float64(n)) }
