package mcmc

import (
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/rng"
)

// metric is the inverse Σ of the mass matrix, an estimate of the covariance of z,
// with its Cholesky root L, Σ = LLᵀ.
type metric struct {
	covariance *mat.SymDense
	root       mat.TriDense
}

// newMetric returns the unit metric.
func newMetric(dim int) *metric {
	unit := mat.NewSymDense(dim, nil)
	for k := range dim {
		unit.SetSym(k, k, 1)
	}
	m := new(metric)
	m.set(unit)
	return m
}

// set replaces the covariance, unless it is not positive definite.
func (m *metric) set(covariance *mat.SymDense) {
	var c mat.Cholesky
	if c.Factorize(covariance) {
		m.covariance = covariance
		m.root.Reset()
		c.LTo(&m.root)
	}
}

// estimate sets the metric from the draws of a window (a row a draw), drawn
// towards a small multiple of the unit as in Stan.
func (m *metric) estimate(kind Metric, window [][]float64) {
	n, dim := len(window), len(window[0])
	if n < 2 {
		return
	}
	draws := mat.NewDense(n, dim, nil)
	for i, z := range window {
		draws.SetRow(i, z)
	}
	covariance := mat.NewSymDense(dim, nil)
	stat.CovarianceMatrix(covariance, draws, nil)
	share := float64(n) / (float64(n) + 5)
	for i := range dim {
		for j := i; j < dim; j++ {
			v := share * covariance.At(i, j)
			switch {
			case i == j:
				v += 1e-3 * (1 - share)
			case kind == Diagonal:
				v = 0
			}
			covariance.SetSym(i, j, v)
		}
	}
	m.set(covariance)
}

// velocity returns Σp.
func (m *metric) velocity(p []float64) []float64 {
	v := make([]float64, len(p))
	mat.NewVecDense(len(v), v).MulVec(m.covariance, mat.NewVecDense(len(p), p))
	return v
}

// momentum draws p from N(0, Σ⁻¹) by solving Lᵀp = ξ.
func (m *metric) momentum(luck *rng.Stream) []float64 {
	p := normals(m.covariance.SymmetricDim(), luck)
	x := mat.NewVecDense(len(p), p)
	// The root is regular, so there is no error but of its condition.
	_ = x.SolveVec(m.root.T(), x)
	return p
}

// displacement draws from N(0, Σ).
func (m *metric) displacement(luck *rng.Stream) []float64 {
	x := normals(m.covariance.SymmetricDim(), luck)
	v := make([]float64, len(x))
	mat.NewVecDense(len(v), v).MulVec(&m.root, mat.NewVecDense(len(x), x))
	return v
}

func normals(n int, luck *rng.Stream) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = luck.Normal()
	}
	return x
}
