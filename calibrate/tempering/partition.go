package tempering

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Partition shares every point out among modes, r_k(z) ≥ 0 with Σ r_k = 1, by
// Student's t distributions of their locations and scales. The densities
// r_k(z)·p(z) then add up to p(z), and each has the one mode.
type Partition struct{ modes []Mode }

// freedom is the degrees of freedom of the t distributions: their tails leave
// r_k gentle far from all modes.
const freedom = 5

// NewPartition returns the partition among modes.
func NewPartition(modes []Mode) *Partition { return &Partition{modes} }

// LogShare returns log r_k(z) and adds its gradient to grad unless that is nil.
func (p *Partition) LogShare(grad, z []float64, k int) float64 {
	if len(p.modes) == 1 {
		return 0
	}
	logs, slopes := make([]float64, len(p.modes)), make([][]float64, len(p.modes))
	for j, m := range p.modes {
		logs[j], slopes[j] = m.logDensity(z)
	}
	total := floats.LogSumExp(logs)
	if grad != nil {
		floats.Add(grad, slopes[k])
		for j := range p.modes {
			floats.AddScaled(grad, -math.Exp(logs[j]-total), slopes[j])
		}
	}
	return logs[k] - total
}

// logDensity returns the log-density at z of the mode's t distribution, times
// its share, and its gradient.
func (m Mode) logDensity(z []float64) (float64, []float64) {
	d := len(z)
	var x mat.VecDense
	difference := make([]float64, d)
	floats.SubTo(difference, z, m.Mean)
	if err := x.SolveVec(m.Root, mat.NewVecDense(d, difference)); err != nil {
		panic(err) // the diagonal is positive
	}
	square := mat.Dot(&x, &x)
	half := (freedom + float64(d)) / 2
	log := math.Log(m.Share) - half*math.Log1p(square/freedom)
	for k := range d {
		log -= math.Log(m.Root.At(k, k))
	}
	var slope mat.VecDense
	if err := slope.SolveVec(m.Root.T(), &x); err != nil {
		panic(err)
	}
	slope.ScaleVec(-2*half/(freedom+square), &slope)
	return log, slope.RawVector().Data
}
