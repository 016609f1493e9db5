package policy

import (
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/nudge-abm/nudge/calibrate/optim"
)

// Descent is one path of gradient descent, in the standardised coordinates of the
// choices.
type Descent struct {
	Number  int                `json:"number"` // from 0, by which it is known
	Z       []float64          `json:"z"`
	Adam    optim.AdamWState   `json:"adam"`
	Average optim.AverageState `json:"average"`
	Skipped int                `json:"skipped"` // steps whose gradient was not finite
}

func newDescent(number int, z []float64) *Descent {
	return &Descent{
		Number: number, Z: slices.Clone(z), Adam: optim.AdamW{}.Init(len(z)), Average: optim.Average{}.Init(len(z)),
	}
}

// follow takes one step down the mean of the gradients, which are in the choices
// themselves. Gradients that are not finite are left out.
func (d *Descent) follow(p *Problem, gradients [][]float64, rate float64) {
	mean, n := make([]float64, len(p.Choices.Names())), 0.0
	for _, g := range gradients {
		if s := floats.Sum(g); s-s == 0 {
			floats.Add(mean, g)
			n++
		}
	}
	if n == 0 {
		d.Skipped++
		return
	}
	floats.Scale(1/n, mean)
	pulled := make([]float64, len(d.Z))
	p.Choices.Pull(pulled, d.Z, p.policy(d.Z), mean)
	optim.AdamW{}.Update(d.Z, pulled, rate, &d.Adam)
	optim.Average{}.Update(d.Z, &d.Average)
}

// policy returns the choices at standardised coordinates.
func (p *Problem) policy(z []float64) []float64 {
	theta := make([]float64, len(p.Choices.Names()))
	p.Choices.Constrain(theta, z)
	return theta
}
