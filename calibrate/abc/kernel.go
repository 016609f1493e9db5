package abc

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	"github.com/nudge-abm/nudge/rng"
)

// kernel proposes coordinates: those of a particle chosen by its weight, moved by
// a normal step of twice the population's covariance (Beaumont and others 2009).
type kernel struct {
	from  []Particle
	upTo  []float64 // sum of the weights
	log   []float64 // of the weights
	step  mat.TriDense
	white [][]float64 // coordinates of the particles in units of the step
}

// newKernel returns nil if the particles do not spread out in every direction.
func newKernel(from []Particle) *kernel {
	k := &kernel{from: from}
	sum := 0.0
	for _, x := range from {
		sum += x.Weight
		k.upTo = append(k.upTo, sum)
		k.log = append(k.log, math.Log(x.Weight))
	}
	c := covariance(from)
	c.ScaleSym(2, c)
	var root mat.Cholesky
	if !root.Factorize(c) {
		return nil
	}
	root.LTo(&k.step)
	for _, x := range from {
		k.white = append(k.white, k.whiten(x.Z))
	}
	return k
}

// whiten returns coordinates in units of the step.
func (k *kernel) whiten(z []float64) []float64 {
	white := make([]float64, len(z))
	// The root is regular, so there is no error but of its condition.
	_ = mat.NewVecDense(len(white), white).SolveVec(&k.step, mat.NewVecDense(len(z), z))
	return white
}

// propose returns new coordinates.
func (k *kernel) propose(luck *rng.Stream) []float64 {
	from := k.from[k.chosen(luck.Uniform()*k.upTo[len(k.upTo)-1])]
	z := make([]float64, len(from.Z))
	for i := range z {
		z[i] = luck.Normal()
	}
	moved := make([]float64, len(z))
	x := mat.NewVecDense(len(z), moved)
	x.MulVec(&k.step, mat.NewVecDense(len(z), z))
	x.AddVec(x, mat.NewVecDense(len(z), from.Z))
	return moved
}

// chosen returns the first particle at which the sum of the weights exceeds u.
func (k *kernel) chosen(u float64) int {
	low, high := 0, len(k.upTo)-1
	for low < high {
		if middle := (low + high) / 2; k.upTo[middle] > u {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// logDensity returns the log-density of a proposal at z, up to a constant.
func (k *kernel) logDensity(z []float64) float64 {
	logs := make([]float64, len(k.from))
	white := k.whiten(z)
	for i, x := range k.white {
		logs[i] = k.log[i]
		for j, v := range x {
			logs[i] -= (v - white[j]) * (v - white[j]) / 2
		}
	}
	return floats.LogSumExp(logs)
}

// weigh sets the weights of particles proposed by the kernel, π̃(z) over the
// density of the proposal.
func (k *kernel) weigh(particles []Particle) {
	top := math.Inf(-1)
	logs := make([]float64, len(particles))
	for i, x := range particles {
		logs[i] = x.pulled - k.logDensity(x.Z)
		top = max(top, logs[i])
	}
	sum := 0.0
	for i := range particles {
		particles[i].Weight = math.Exp(logs[i] - top)
		sum += particles[i].Weight
	}
	for i := range particles {
		particles[i].Weight /= sum
	}
}
