package flow

import "math"

// newMaskedAffine is the layer of the masked autoregressive flow: affine
// transforms behind a MADE network (Papamakarios et al. 2017), its one-pass
// direction used for sampling (Kingma et al. 2016).
func newMaskedAffine(dim, hidden, blocks int) *autoregressive {
	return &autoregressive{newMADE(dim, hidden, blocks, 2), affine{}}
}

// affine is y = s·x + t with s = sigmoid(a + 2) + 10⁻³ from the network's
// outputs (a, t) of each coordinate. The scale lies in (0.001, 1.001), which
// keeps training stable; expansion is left to the LU layers and the base. Once
// normalised the parameters are (s, t).
type affine struct{}

const (
	minScale   = 1e-3
	scaleShift = 2
)

func (affine) initOutput(_, _ []float64) {}

func (affine) normalise(p []float64, n int) {
	for i, a := range p[:n] {
		p[i] = sigmoid(a+scaleShift) + minScale
	}
}

func (affine) apply(y, logDet, x, p []float64) {
	scale, shift := halves(p)
	for s, v := range x {
		y[s] = scale[s]*v + shift[s]
		logDet[s] += math.Log(scale[s])
	}
}

func (affine) solve(x, logDet, y, p []float64) {
	scale, shift := halves(p)
	for s, v := range y {
		x[s] = (v - shift[s]) / scale[s]
		logDet[s] += math.Log(scale[s])
	}
}

func (affine) pull(bar, pBar, lBar, x, p []float64) {
	scale, _ := halves(p)
	aBar, shiftBar := halves(pBar)
	for s, b := range bar {
		aBar[s] = (b*x[s] + lBar[s]/scale[s]) * scaleSlope(scale[s])
		shiftBar[s] = b
		bar[s] = b * scale[s]
	}
}

func (affine) score(g, pBar, x, p []float64) {
	scale, _ := halves(p)
	aBar, shiftBar := halves(pBar)
	for s := range g {
		g[s] /= scale[s]
		aBar[s] = (g[s]*x[s] + 1/scale[s]) * scaleSlope(scale[s])
		shiftBar[s] = g[s]
	}
}

// scaleSlope is ds/da as a function of s.
func scaleSlope(scale float64) float64 {
	sigma := scale - minScale
	return sigma * (1 - sigma)
}

func halves(p []float64) (first, second []float64) { return p[:len(p)/2], p[len(p)/2:] }
