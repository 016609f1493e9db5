package flow

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// cholesky is the layer z = μ + Lε with L lower triangular: the full-rank
// Gaussian N(μ, LLᵀ). Parameters: location μ (D), log diagonal of L (D),
// strictly lower entries of L by rows (D(D−1)/2).
type cholesky struct{ dim int }

func (l cholesky) numParams() int { return 2*l.dim + l.dim*(l.dim-1)/2 }

// init sets the standard normal.
func (l cholesky) init(params []float64, _ func() float64) { clear(params) }

func (l cholesky) newPass(n int) pass {
	return &choleskyPass{
		cholesky: l,
		n:        n,
		factor:   make([]float64, l.dim*l.dim),
		x:        make([]float64, l.dim*n),
	}
}

type choleskyPass struct {
	cholesky
	n      int
	loc    []float64
	factor []float64 // L, D×D
	logDet float64   // log|det L|
	x      []float64
}

func (p *choleskyPass) load(params []float64) {
	p.loc = append(p.loc[:0], params[:p.dim]...)
	logDiagonal, lower := params[p.dim:2*p.dim], params[2*p.dim:]
	p.logDet = floats.Sum(logDiagonal)
	for i := range p.dim {
		copy(row(p.factor, i, p.dim)[:i], lower[:i])
		lower = lower[i:]
		p.factor[i*p.dim+i] = math.Exp(logDiagonal[i])
	}
}

func (p *choleskyPass) sample(z, logDet []float64) {
	copy(p.x, z)
	blas64.Trmm(blas.Left, blas.NoTrans, 1, p.triangular(), dense(z, p.dim, p.n))
	for d, loc := range p.loc {
		floats.AddConst(loc, row(z, d, p.n))
	}
	floats.AddConst(p.logDet, logDet)
}

func (p *choleskyPass) invert(z, logDet []float64) {
	for d, loc := range p.loc {
		floats.AddConst(-loc, row(z, d, p.n))
	}
	blas64.Trsm(blas.Left, blas.NoTrans, 1, p.triangular(), dense(z, p.dim, p.n))
	copy(p.x, z)
	floats.AddConst(p.logDet, logDet)
}

func (p *choleskyPass) score(g []float64) {
	blas64.Trsm(blas.Left, blas.Trans, 1, p.triangular(), dense(g, p.dim, p.n))
}

// backward: L̄ = tril(z̄εᵀ), and log|det L| is the sum of the log diagonal.
func (p *choleskyPass) backward(grad, bar, logDetBar []float64) {
	logDiagonal, lower := grad[p.dim:2*p.dim], grad[2*p.dim:]
	total := floats.Sum(logDetBar)
	for i := range p.dim {
		b := row(bar, i, p.n)
		grad[i] += floats.Sum(b)
		for j := range i {
			lower[j] += floats.Dot(b, row(p.x, j, p.n))
		}
		lower = lower[i:]
		logDiagonal[i] += floats.Dot(b, row(p.x, i, p.n))*p.factor[i*p.dim+i] + total
	}
	blas64.Trmm(blas.Left, blas.Trans, 1, p.triangular(), dense(bar, p.dim, p.n))
}

func (p *choleskyPass) triangular() blas64.Triangular {
	return blas64.Triangular{Uplo: blas.Lower, Diag: blas.NonUnit, N: p.dim, Stride: p.dim, Data: p.factor}
}
