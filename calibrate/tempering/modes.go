package tempering

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Mode is a group of particles that hang together.
type Mode struct {
	Members []int         // indices of its particles, ascending
	Share   float64       // of all particles
	Mean    []float64     // of its particles
	Root    *mat.TriDense // lower triangular L; LLᵀ is their covariance, shrunk towards its diagonal
}

const (
	// leastShare of the particles is a mode; fewer belong to the nearest one.
	leastShare = 0.01
	// mostModes is how many modes are told apart.
	mostModes = 16
)

// Modes returns the groups of particles that no valley of the density parts, the
// largest first. The target is the one that was sampled.
func (p *Population) Modes(t Target) ([]Mode, error) {
	var failed error
	groups := hills(p.Z, p.LogDensity, func(i, j int) bool {
		low, err := t.lowest(p.Z[i], p.Z[j], 1)
		if err != nil {
			failed = err
		}
		return math.Min(p.LogDensity[i], p.LogDensity[j])-low < valley
	})
	if failed != nil {
		return nil, failed
	}
	groups, err := t.ranges(groups, p.Z, p.LogDensity)
	return modesOf(p.Z, groups), err
}

func modesOf(z [][]float64, groups [][]int) []Mode {
	modes := make([]Mode, len(groups))
	for k, members := range groups {
		modes[k] = modeOf(z, members)
	}
	return modes
}

// modeOf describes a group.
func modeOf(z [][]float64, members []int) Mode {
	d, n := len(z[0]), len(members)
	x := mat.NewDense(n, d, nil)
	for r, i := range members {
		x.SetRow(r, z[i])
	}
	covariance := mat.NewSymDense(d, nil)
	stat.CovarianceMatrix(covariance, x, nil)
	m := Mode{Members: members, Share: float64(n) / float64(len(z)), Mean: make([]float64, d), Root: mat.NewTriDense(d, mat.Lower, nil)}
	keep := float64(n) / float64(n+d+1)
	for k := range d {
		m.Mean[k] = stat.Mean(mat.Col(nil, k, x), nil)
		covariance.SetSym(k, k, math.Max(covariance.At(k, k), 1e-12))
		for j := range k {
			covariance.SetSym(k, j, keep*covariance.At(k, j))
		}
	}
	var c mat.Cholesky
	if !c.Factorize(covariance) { // particles that have not parted: their scale alone
		for k := range d {
			m.Root.SetTri(k, k, math.Sqrt(covariance.At(k, k)))
		}
		return m
	}
	c.LTo(m.Root)
	return m
}
