package loss

import "math"

// signatureKernel evaluates the signature kernel of two paths of as many points
// each, in one goroutine.
type signatureKernel struct {
	lift          Lift
	points, dim   int
	gram, gramBar []float64 // κ between points
	products      []float64 // of segments, differences of κ
	productsBar   []float64
	*goursat
}

func newSignatureKernel(p *paths, lift Lift, cuts int) *signatureKernel {
	n, segments := p.points, p.points-1
	return &signatureKernel{
		lift: lift, points: n, dim: p.dim,
		gram: make([]float64, n*n), gramBar: make([]float64, n*n),
		products: make([]float64, segments*segments), productsBar: make([]float64, segments*segments),
		goursat: newGoursat(segments, segments, cuts),
	}
}

// of returns k(x, y).
func (s *signatureKernel) of(x, y []float64) float64 {
	s.multiply(x, y)
	return s.solve(s.products)
}

// multiply fills in the products of the paths' segments.
func (s *signatureKernel) multiply(x, y []float64) {
	n, d := s.points, s.dim
	for a := range n {
		s.lift.gram(s.gram[a*n:(a+1)*n], x[a*d:(a+1)*d], y)
	}
	for a := range n - 1 {
		for b := range n - 1 {
			at := a*n + b
			s.products[a*(n-1)+b] = s.gram[at+n+1] - s.gram[at+n] - s.gram[at+1] + s.gram[at]
		}
	}
}

// longest returns the length of a path's longest segment.
func (s *signatureKernel) longest(x []float64) float64 {
	s.multiply(x, x)
	square := 0.0
	for i := 0; i < len(s.products); i += s.points {
		square = math.Max(square, s.products[i])
	}
	return math.Sqrt(square)
}

// push adds bar times the gradient of k(x, y), which was evaluated last, to the
// adjoints of the paths.
func (s *signatureKernel) push(bar float64, x, y, xbar, ybar []float64) {
	n, d := s.points, s.dim
	s.goursat.push(s.products, s.productsBar, bar)
	clear(s.gramBar)
	for a := range n - 1 {
		for b := range n - 1 {
			at, p := a*n+b, s.productsBar[a*(n-1)+b]
			s.gramBar[at+n+1] += p
			s.gramBar[at+n] -= p
			s.gramBar[at+1] -= p
			s.gramBar[at] += p
		}
	}
	for a := range n {
		row := a * n
		s.lift.push(s.gramBar[row:row+n], s.gram[row:row+n], x[a*d:(a+1)*d], y, xbar[a*d:(a+1)*d], ybar)
	}
}
