package flow

import "math"

// newScaledSpline is the layer of a spline flow: rational-quadratic splines, each
// followed by an affine map, behind a MADE network. A spline is the identity
// outside its interval, and cannot widen what it moves by more than that holds;
// the affine map can, where one coordinate sets the scale of another.
func newScaledSpline(dim, hidden, blocks, bins int, bound float64) *autoregressive {
	return &autoregressive{newMADE(dim, hidden, blocks, 3*bins-1+2), scaledSpline{spline{bins, bound}}}
}

// scaledSpline is y = eᵃ·S(x) + t with S a spline. The network's outputs of each
// coordinate are those of the spline, then a raw scale and t; once normalised the
// first of the two is a = 3·tanh(raw/3).
type scaledSpline struct{ spline }

// mostLogScale bounds a.
const mostLogScale = 3

// cut parts the parameters of n draws into the spline's, a and t.
func (t scaledSpline) cut(p []float64, n int) (inner, a, shift []float64) {
	at := (3*t.bins - 1) * n
	return p[:at], p[at : at+n], p[at+n:]
}

// initOutput makes the identity. All biases are alike but those of a and t, which
// are the last two of each coordinate.
func (t scaledSpline) initOutput(weights, biases []float64) {
	t.spline.initOutput(weights, biases)
	width := 3*t.bins + 1
	for i := width - 2; i < len(biases); i += width {
		biases[i], biases[i+1] = 0, 0
	}
}

func (t scaledSpline) normalise(p []float64, n int) {
	inner, a, _ := t.cut(p, n)
	t.spline.normalise(inner, n)
	for s, raw := range a {
		a[s] = mostLogScale * math.Tanh(raw/mostLogScale)
	}
}

func (t scaledSpline) apply(y, logDet, x, p []float64) {
	inner, a, shift := t.cut(p, len(x))
	t.spline.apply(y, logDet, x, inner)
	for s := range y {
		y[s] = math.Exp(a[s])*y[s] + shift[s]
		logDet[s] += a[s]
	}
}

func (t scaledSpline) solve(x, logDet, y, p []float64) {
	inner, a, shift := t.cut(p, len(y))
	for s := range y {
		x[s] = (y[s] - shift[s]) * math.Exp(-a[s])
		logDet[s] += a[s]
	}
	t.spline.solve(x, logDet, x, inner)
}

func (t scaledSpline) pull(bar, pBar, lBar, x, p []float64) {
	inner, a, _ := t.cut(p, len(x))
	innerBar, aBar, shiftBar := t.cut(pBar, len(x))
	for s, b := range bar {
		shiftBar[s] = b
		bar[s] = b * math.Exp(a[s])
		aBar[s] = (bar[s]*t.moved(x, inner, s) + lBar[s]) * rawSlope(a[s])
	}
	t.spline.pull(bar, innerBar, lBar, x, inner)
}

func (t scaledSpline) score(g, pBar, x, p []float64) {
	inner, a, _ := t.cut(p, len(x))
	innerBar, aBar, shiftBar := t.cut(pBar, len(x))
	t.spline.score(g, innerBar, x, inner)
	for s := range g {
		aBar[s] = (g[s]*t.moved(x, inner, s) + 1) * rawSlope(a[s])
		g[s] *= math.Exp(-a[s])
		shiftBar[s] = g[s]
	}
}

// moved is S(x) of draw s.
func (t scaledSpline) moved(x, inner []float64, s int) float64 {
	if !t.inside(x[s]) {
		return x[s]
	}
	_, b := t.find(column{inner, s, len(x)}, x[s], 0)
	y, _ := b.value(x[s])
	return y
}

// rawSlope is da/draw as a function of a.
func rawSlope(a float64) float64 { return 1 - (a/mostLogScale)*(a/mostLogScale) }
