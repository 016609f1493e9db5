package loss

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// precision is the inverse Σ⁻¹ of a d×d covariance, as diag(e) + sign·YᵀY.
type precision struct {
	e      []float64
	sign   float64
	y      *mat.Dense
	logDet float64 // of Σ
}

// newPrecision returns the inverse of
//
//	Σ = (1−s)·S + s·diag(S) + diag(noise),
//
// the sample covariance S of n vectors, given their deviations from the mean,
// with correlations shrunk by s (Warton 2008); nil unless it is positive
// definite. Few vectors in many dimensions cost O(n²d), else it is O(nd² + d³).
func newPrecision(deviations [][]float64, s float64, noise []float64) *precision {
	n, d := len(deviations), len(noise)
	x := mat.NewDense(n, d, nil)
	e := append([]float64(nil), noise...)
	for i, u := range deviations {
		x.SetRow(i, u)
		for j, v := range u {
			e[j] += s * v * v / float64(n-1)
		}
	}
	x.Scale(math.Sqrt((1-s)/float64(n-1)), x) // now Σ = diag(e) + xᵀx
	if n <= d && floats.Min(e) > 0 {
		return newThin(x, e)
	}
	return newDense(x, e)
}

// newDense inverts diag(e) + xᵀx as a whole: Y = L⁻¹ for Σ = LLᵀ.
func newDense(x *mat.Dense, e []float64) *precision {
	d := len(e)
	var sigma mat.SymDense
	sigma.SymOuterK(1, x.T())
	for j, v := range e {
		sigma.SetSym(j, j, sigma.At(j, j)+v)
	}
	var c mat.Cholesky
	if !c.Factorize(&sigma) {
		return nil
	}
	one := mat.NewDense(d, d, nil)
	for j := range d {
		one.Set(j, j, 1)
	}
	return &precision{e: make([]float64, d), sign: 1, y: lowerSolve(&c, one), logDet: c.LogDet()}
}

// newThin inverts by the identity of Sherman, Morrison and Woodbury:
//
//	Σ⁻¹ = E⁻¹ − E⁻¹xᵀ(I + xE⁻¹xᵀ)⁻¹xE⁻¹,  E = diag(e).
func newThin(x *mat.Dense, e []float64) *precision {
	n, _ := x.Dims()
	p := &precision{e: make([]float64, len(e)), sign: -1}
	root := make([]float64, len(e))
	for j, v := range e {
		p.e[j], root[j] = 1/v, math.Sqrt(1/v)
		p.logDet += math.Log(v)
	}
	scaled := mat.DenseCopyOf(x)
	scaled.Apply(func(_, j int, v float64) float64 { return v * root[j] }, scaled)
	var inner mat.SymDense
	inner.SymOuterK(1, scaled)
	for i := range n {
		inner.SetSym(i, i, 1+inner.At(i, i))
	}
	var c mat.Cholesky
	if !c.Factorize(&inner) {
		return nil
	}
	scaled.Apply(func(_, j int, v float64) float64 { return v * root[j] }, scaled)
	p.y, p.logDet = lowerSolve(&c, scaled), p.logDet+c.LogDet()
	return p
}

// lowerSolve returns L⁻¹b.
func lowerSolve(c *mat.Cholesky, b *mat.Dense) *mat.Dense {
	var l mat.TriDense
	c.LTo(&l)
	var y mat.Dense
	if err := l.SolveTo(&y, false, b); err != nil {
		y.Scale(math.NaN(), b) // singular to working precision
	}
	return &y
}

// times returns Σ⁻¹u.
func (p *precision) times(u []float64) []float64 {
	v := mat.NewVecDense(len(u), u)
	var inner, outer mat.VecDense
	inner.MulVec(p.y, v)
	outer.MulVec(p.y.T(), &inner)
	product := make([]float64, len(u))
	for j := range u {
		product[j] = p.e[j]*u[j] + p.sign*outer.AtVec(j)
	}
	return product
}

// diagonal returns the diagonal of Σ⁻¹.
func (p *precision) diagonal() []float64 {
	d := append([]float64(nil), p.e...)
	rows, _ := p.y.Dims()
	for i := range rows {
		for j, y := range p.y.RawRowView(i) {
			d[j] += p.sign * y * y
		}
	}
	return d
}
