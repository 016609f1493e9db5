package flow

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
)

// luLinear mixes the coordinates by a trainable invertible matrix in LU form
// behind a fixed permutation p (Kingma & Dhariwal 2018; Durkan et al. 2019).
// With L unit lower and U upper triangular, the density direction is
// y ↦ L·U·y[p] + b; sampling applies its inverse,
//
//	x' = U⁻¹L⁻¹(x − b),  f(x)[p[i]] = x'[i],  log|det ∂f/∂x| = −Σ log Uᵢᵢ.
//
// Parameters: bias b (D), strictly lower entries by rows, strictly upper
// entries by rows (D(D−1)/2 each), v (D) with Uᵢᵢ = softplus(vᵢ) + 10⁻³.
type luLinear struct{ permutation []int }

// minDiagonal bounds the diagonal of U away from zero.
const minDiagonal = 1e-3

func (l *luLinear) dim() int { return len(l.permutation) }

func (l *luLinear) numParams() int { return l.dim() * (l.dim() + 1) }

// init sets L and U to the identity and b to zero.
func (l *luLinear) init(params []float64, _ func() float64) {
	clear(params)
	_, _, _, v := l.split(params)
	for i := range v {
		v[i] = unitSoftplus(minDiagonal)
	}
}

// split cuts the parameters, or their gradient, into their four parts.
func (l *luLinear) split(params []float64) (bias, lower, upper, v []float64) {
	d := l.dim()
	t := d * (d - 1) / 2
	return params[:d], params[d : d+t], params[d+t : d+2*t], params[d+2*t:]
}

func (l *luLinear) newPass(n int) pass {
	d := l.dim()
	return &luPass{
		luLinear: l,
		n:        n,
		lower:    make([]float64, d*d),
		upper:    make([]float64, d*d),
		slope:    make([]float64, d),
		w:        make([]float64, d*n),
		x:        make([]float64, d*n),
		bar:      make([]float64, d*n),
	}
}

type luPass struct {
	*luLinear
	n            int
	bias         []float64
	lower, upper []float64 // L without its unit diagonal, and U; D×D each
	slope        []float64 // dUᵢᵢ/dvᵢ
	logDet       float64
	w, x         []float64 // L⁻¹(x − b) and x' = U⁻¹w
	bar          []float64
}

func (p *luPass) load(params []float64) {
	bias, lower, upper, v := p.split(params)
	p.bias = append(p.bias[:0], bias...)
	p.logDet = 0
	d := p.dim()
	for i := range d {
		copy(row(p.lower, i, d)[:i], lower[:i])
		lower = lower[i:]
		copy(row(p.upper, i, d)[i+1:], upper[:d-1-i])
		upper = upper[d-1-i:]
		p.upper[i*d+i] = softplus(v[i]) + minDiagonal
		p.slope[i] = sigmoid(v[i])
		p.logDet -= math.Log(p.upper[i*d+i])
	}
}

func (p *luPass) sample(z, logDet []float64) {
	copy(p.w, z)
	for d, b := range p.bias {
		floats.AddConst(-b, row(p.w, d, p.n))
	}
	blas64.Trsm(blas.Left, blas.NoTrans, 1, p.l(), p.columns(p.w))
	copy(p.x, p.w)
	blas64.Trsm(blas.Left, blas.NoTrans, 1, p.u(), p.columns(p.x))
	p.scatter(z, p.x)
	floats.AddConst(p.logDet, logDet)
}

func (p *luPass) invert(z, logDet []float64) {
	p.gather(p.x, z)
	copy(p.w, p.x)
	blas64.Trmm(blas.Left, blas.NoTrans, 1, p.u(), p.columns(p.w))
	copy(z, p.w)
	blas64.Trmm(blas.Left, blas.NoTrans, 1, p.l(), p.columns(z))
	for d, b := range p.bias {
		floats.AddConst(b, row(z, d, p.n))
	}
	floats.AddConst(p.logDet, logDet)
}

func (p *luPass) score(g []float64) {
	copy(p.bar, g)
	blas64.Trmm(blas.Left, blas.Trans, 1, p.l(), p.columns(p.bar))
	blas64.Trmm(blas.Left, blas.Trans, 1, p.u(), p.columns(p.bar))
	p.scatter(g, p.bar)
}

// backward: w̄ = U⁻ᵀx̄', Ū = −triu(w̄x'ᵀ); x̄ = L⁻ᵀw̄, L̄ = −stril(x̄wᵀ), b̄ = −x̄;
// the log-determinant adds −1/Uᵢᵢ on the diagonal.
func (p *luPass) backward(grad, bar, logDetBar []float64) {
	bias, lower, upper, v := p.split(grad)
	d := p.dim()
	p.gather(p.bar, bar)
	blas64.Trsm(blas.Left, blas.Trans, 1, p.u(), p.columns(p.bar))
	total := floats.Sum(logDetBar)
	for i := range d {
		b := row(p.bar, i, p.n)
		uBar := -floats.Dot(b, row(p.x, i, p.n)) - total/p.upper[i*d+i]
		v[i] += uBar * p.slope[i]
		upper = p.subtractDots(upper, b, p.x, i+1, d)
	}
	copy(bar, p.bar)
	blas64.Trsm(blas.Left, blas.Trans, 1, p.l(), p.columns(bar))
	for i := range d {
		b := row(bar, i, p.n)
		bias[i] -= floats.Sum(b)
		lower = p.subtractDots(lower, b, p.w, 0, i)
	}
}

// subtractDots subtracts b·m[j] for the rows j in from..to of m from the first
// entries of grad and returns the rest of grad.
func (p *luPass) subtractDots(grad, b, m []float64, from, to int) []float64 {
	for j := from; j < to; j++ {
		grad[j-from] -= floats.Dot(b, row(m, j, p.n))
	}
	return grad[to-from:]
}

func (p *luPass) scatter(dst, src []float64) {
	for i, j := range p.permutation {
		copy(row(dst, j, p.n), row(src, i, p.n))
	}
}

func (p *luPass) gather(dst, src []float64) {
	for i, j := range p.permutation {
		copy(row(dst, i, p.n), row(src, j, p.n))
	}
}

func (p *luPass) l() blas64.Triangular {
	return blas64.Triangular{Uplo: blas.Lower, Diag: blas.Unit, N: p.dim(), Stride: p.dim(), Data: p.lower}
}

func (p *luPass) u() blas64.Triangular {
	return blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: p.dim(), Stride: p.dim(), Data: p.upper}
}

func (p *luPass) columns(m []float64) blas64.General { return dense(m, p.dim(), p.n) }
