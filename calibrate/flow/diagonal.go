package flow

import "math"

// diagonal is the layer z = μ + exp(λ)⊙ε: alone the mean-field Gaussian, and
// the trainable base of the flows. Parameters: location μ (D), log scale λ (D).
type diagonal struct{ dim int }

func (l diagonal) numParams() int { return 2 * l.dim }

// init sets the standard normal.
func (l diagonal) init(params []float64, _ func() float64) { clear(params) }

func (l diagonal) newPass(n int) pass {
	return &diagonalPass{diagonal: l, n: n, x: make([]float64, l.dim*n)}
}

type diagonalPass struct {
	diagonal
	n             int
	loc, logScale []float64
	x             []float64
}

func (p *diagonalPass) load(params []float64) {
	p.loc = append(p.loc[:0], params[:p.dim]...)
	p.logScale = append(p.logScale[:0], params[p.dim:]...)
}

func (p *diagonalPass) sample(z, logDet []float64) {
	copy(p.x, z)
	for d := range p.dim {
		scale, loc := math.Exp(p.logScale[d]), p.loc[d]
		for s, x := range row(p.x, d, p.n) {
			z[d*p.n+s] = loc + scale*x
			logDet[s] += p.logScale[d]
		}
	}
}

func (p *diagonalPass) invert(z, logDet []float64) {
	for d := range p.dim {
		inverse, loc := math.Exp(-p.logScale[d]), p.loc[d]
		for s, y := range row(z, d, p.n) {
			z[d*p.n+s] = inverse * (y - loc)
			logDet[s] += p.logScale[d]
		}
	}
	copy(p.x, z)
}

func (p *diagonalPass) score(g []float64) {
	for d := range p.dim {
		inverse := math.Exp(-p.logScale[d])
		gd := row(g, d, p.n)
		for s := range gd {
			gd[s] *= inverse
		}
	}
}

func (p *diagonalPass) backward(grad, bar, logDetBar []float64) {
	for d := range p.dim {
		scale := math.Exp(p.logScale[d])
		x := row(p.x, d, p.n)
		bd := row(bar, d, p.n)
		for s, b := range bd {
			grad[d] += b
			grad[p.dim+d] += b*scale*x[s] + logDetBar[s]
			bd[s] = b * scale
		}
	}
}
