package flow

import (
	"math"
	"slices"
	"testing"
)

// The layer starts as the identity, also far out.
func TestScaledSplineStartsAsIdentity(t *testing.T) {
	l := newScaledSpline(3, 8, 2, 8, 3)
	params := make([]float64, l.numParams())
	l.init(params, uniforms(1))
	x := normals(1, 3*50)
	x[7] = 1e6
	z, logDet := slices.Clone(x), make([]float64, 50)
	p := l.newPass(50)
	p.load(params)
	p.sample(z, logDet)
	assertClose(t, "z", z, x, 1e-12, 1)
	assertClose(t, "log det", logDet, make([]float64, 50), 1e-12, 1)
}

// It can scale and shift by what the spline's interval does not hold.
func TestScaledSplineWidens(t *testing.T) {
	const bins = 4
	layer := scaledSpline{spline{bins, 2}}
	p := make([]float64, 3*bins+1)
	layer.initOutput(nil, p)
	p[3*bins-1], p[3*bins] = 2, -7
	layer.normalise(p, 1)
	y, logDet, x := []float64{0}, []float64{0}, []float64{5}
	layer.apply(y, logDet, x, p)
	a := mostLogScale * math.Tanh(2./mostLogScale)
	assertClose(t, "y", y, []float64{5*math.Exp(a) - 7}, 1e-12, 1)
	assertClose(t, "log det", logDet, []float64{a}, 1e-12, 1)
	layer.solve(x, logDet, y, p)
	assertClose(t, "x", x, []float64{5}, 1e-12, 1)
}
