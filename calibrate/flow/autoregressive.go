package flow

import "gonum.org/v1/gonum/floats"

// autoregressive is the layer yᵢ = T(xᵢ; p(x₁..xᵢ₋₁)), a monotone transform of
// each coordinate whose parameters p a MADE network reads off the coordinates
// before it (Kingma et al. 2016; Papamakarios et al. 2017). Its Jacobian is
// lower triangular.
//
// All four directions walk through the coordinates once. Upwards, sampling and
// inverting differ only in which side of T is known; downwards, so do the
// cotangents of the reverse pass and the triangular solve of the score. Hence
// inverting and scoring also cost one network pass, not D.
type autoregressive struct {
	*made
	transform
}

// A transform is the family of monotone maps y = T(x; p) of one coordinate,
// with ℓ = log dT/dx. All arguments are rows over the batch; p and pBar stack
// the parameters' rows.
type transform interface {
	// initOutput changes a fresh network's output map to the transform's
	// liking; weights and biases are the last in a layer's parameters.
	initOutput(weights, biases []float64)
	// normalise turns the network's outputs into the form of p used below.
	normalise(p []float64, n int)
	// apply sets y = T(x; p) and adds ℓ to logDet.
	apply(y, logDet, x, p []float64)
	// solve sets x to the solution of T(x; p) = y and adds ℓ to logDet.
	solve(x, logDet, y, p []float64)
	// pull replaces yBar in bar by yBar·∂T/∂x + lBar·∂ℓ/∂x and sets pBar to the
	// same with respect to the network's outputs.
	pull(bar, pBar, lBar, x, p []float64)
	// score replaces the right-hand side in g by the solution g' of
	// g'·∂T/∂x + ∂ℓ/∂x = g and sets pBar as pull(g', 1) would.
	score(g, pBar, x, p []float64)
}

func (l *autoregressive) init(params []float64, uniform func() float64) {
	l.made.init(params, uniform)
	output := params[len(params)-l.output.numParams():]
	cut := l.output.in() * l.output.out()
	l.initOutput(output[:cut], output[cut:])
}

func (l *autoregressive) newPass(n int) pass {
	return &autoregressivePass{l.transform, l.newNetwork(n), n}
}

type autoregressivePass struct {
	t   transform
	net *network
	n   int
}

func (p *autoregressivePass) load(params []float64) { p.net.load(params) }

func (p *autoregressivePass) sample(z, logDet []float64) {
	copy(p.net.x.Data, z)
	for d := range p.net.dim {
		p.t.apply(row(z, d, p.n), logDet, p.x(d), p.advance(d))
	}
}

func (p *autoregressivePass) invert(z, logDet []float64) {
	for d := range p.net.dim {
		p.t.solve(p.x(d), logDet, row(z, d, p.n), p.advance(d))
	}
	copy(z, p.net.x.Data)
}

// advance returns the transform's parameters for coordinate d.
func (p *autoregressivePass) advance(d int) []float64 {
	p.net.advance(d)
	out := p.params(d)
	p.t.normalise(out, p.n)
	return out
}

// score solves for g' = ∂log q/∂y, from the last coordinate down,
//
//	Σ_{d≥j} (g'_d·∂y_d/∂x_j + ∂ℓ_d/∂x_j) = g_j.
//
// Once g'_d is known for d > j, so are the network's cotangents for those d and
// what they contribute to x_j; one linear equation is left for g'_j.
func (p *autoregressivePass) score(g []float64) {
	for d := p.net.dim - 1; d >= 0; d-- {
		gd := row(g, d, p.n)
		floats.Sub(gd, p.xBar(d))
		p.t.score(gd, p.pBar(d), p.x(d), p.params(d))
		p.net.retreat(d)
	}
}

func (p *autoregressivePass) backward(grad, bar, logDetBar []float64) {
	for d := p.net.dim - 1; d >= 0; d-- {
		bd := row(bar, d, p.n)
		p.t.pull(bd, p.pBar(d), logDetBar, p.x(d), p.params(d))
		floats.Add(bd, p.xBar(d))
		p.net.retreat(d)
	}
	p.net.accumulate(grad)
}

func (p *autoregressivePass) x(d int) []float64 { return row(p.net.x.Data, d, p.n) }

// xBar is what reaches coordinate d through the network, zero for the last.
func (p *autoregressivePass) xBar(d int) []float64 { return row(p.net.xBar.Data, d, p.n) }

func (p *autoregressivePass) params(d int) []float64 { return p.net.outputs(p.net.out, d) }

func (p *autoregressivePass) pBar(d int) []float64 { return p.net.outputs(p.net.outBar, d) }
