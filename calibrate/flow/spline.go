package flow

import "math"

// newSpline is the layer of the neural spline flow: rational-quadratic splines
// behind a MADE network (Durkan et al. 2019), its one-pass direction used for
// sampling. In one dimension it is a free monotone map.
func newSpline(dim, hidden, blocks, bins int, bound float64) *autoregressive {
	return &autoregressive{newMADE(dim, hidden, blocks, 3*bins-1), spline{bins, bound}}
}

// spline is a monotone rational-quadratic spline with K bins on
// [−bound, bound] and the identity outside. The network's outputs of each
// coordinate are K widths and K heights before softmax and K−1 derivatives at
// the inner knots before softplus; the outer derivatives are 1. Once
// normalised the widths and heights are shares that sum to 1.
type spline struct {
	bins  int
	bound float64
}

// Smallest width and height as a share of the interval, and smallest
// derivative.
const (
	minShare      = 1e-3
	minDerivative = 1e-3
)

// initOutput makes the identity: equal bins and unit derivatives.
func (t spline) initOutput(weights, biases []float64) {
	clear(weights)
	for i := range biases {
		biases[i] = unitSoftplus(minDerivative)
	}
}

func (t spline) normalise(p []float64, n int) {
	for s := range n {
		softmax(p[s:t.bins*n], n)
		softmax(p[t.bins*n+s:2*t.bins*n], n)
	}
}

// softmax replaces every n-th entry of v by its share.
func softmax(v []float64, n int) {
	top, sum := math.Inf(-1), 0.0
	for i := 0; i < len(v); i += n {
		top = max(top, v[i])
	}
	for i := 0; i < len(v); i += n {
		v[i] = math.Exp(v[i] - top)
		sum += v[i]
	}
	for i := 0; i < len(v); i += n {
		v[i] /= sum
	}
}

func (t spline) apply(y, logDet, x, p []float64) {
	for s, v := range x {
		y[s] = v
		if t.inside(v) {
			_, b := t.find(column{p, s, len(x)}, v, 0)
			var l float64
			y[s], l = b.value(v)
			logDet[s] += l
		}
	}
}

func (t spline) solve(x, logDet, y, p []float64) {
	for s, v := range y {
		x[s] = v
		if t.inside(v) {
			_, b := t.find(column{p, s, len(y)}, v, 1)
			x[s] = b.inverse(v)
			_, l := b.value(x[s])
			logDet[s] += l
		}
	}
}

func (t spline) pull(bar, pBar, lBar, x, p []float64) {
	clear(pBar)
	for s, v := range x {
		if t.inside(v) {
			col := column{p, s, len(x)}
			k, b := t.find(col, v, 0)
			var bBar bin
			bar[s], bBar = b.pull(v, bar[s], lBar[s])
			t.scatter(column{pBar, s, len(x)}, col, k, bBar)
		}
	}
}

func (t spline) score(g, pBar, x, p []float64) {
	clear(pBar)
	for s, v := range x {
		if t.inside(v) {
			col := column{p, s, len(x)}
			k, b := t.find(col, v, 0)
			dy, _ := b.pull(v, 1, 0)
			dl, _ := b.pull(v, 0, 1)
			g[s] = (g[s] - dl) / dy
			_, bBar := b.pull(v, g[s], 1)
			t.scatter(column{pBar, s, len(x)}, col, k, bBar)
		}
	}
}

// inside tells whether v is in the spline's interval. The formula in the bins
// is never evaluated elsewhere, where it may be NaN.
func (t spline) inside(v float64) bool { return math.Abs(v) <= t.bound }

// column is one draw's parameters of a coordinate.
type column struct {
	data   []float64
	s, inc int
}

func (c column) at(i int) float64 { return c.data[i*c.inc+c.s] }

func (c column) set(i int, v float64) { c.data[i*c.inc+c.s] = v }

// find returns the bin that holds v as x (axis 0) or as y (axis 1).
func (t spline) find(p column, v float64, axis int) (k int, b bin) {
	corner := [2]float64{-t.bound, -t.bound}
	for {
		size := [2]float64{t.size(p.at(k)), t.size(p.at(t.bins + k))}
		if k == t.bins-1 {
			size = [2]float64{t.bound - corner[0], t.bound - corner[1]}
		}
		if k == t.bins-1 || v < corner[axis]+size[axis] {
			return k, bin{
				x: corner[0], w: size[0], y: corner[1], h: size[1],
				d0: t.derivative(p, k), d1: t.derivative(p, k+1),
			}
		}
		corner[0] += size[0]
		corner[1] += size[1]
		k++
	}
}

// size is the width or height of a bin with the given softmax share.
func (t spline) size(share float64) float64 {
	return 2 * t.bound * (minShare + (1-minShare*float64(t.bins))*share)
}

// derivative is dy/dx at knot k = 0..K.
func (t spline) derivative(p column, k int) float64 {
	if k == 0 || k == t.bins {
		return 1
	}
	return minDerivative + softplus(p.at(2*t.bins+k-1))
}

// scatter sets pBar, zero before, from the cotangents of bin k.
func (t spline) scatter(pBar, p column, k int, b bin) {
	t.scatterSizes(pBar, p, 0, k, b.x, b.w)
	t.scatterSizes(pBar, p, t.bins, k, b.y, b.h)
	for knot, bar := range [2]float64{b.d0, b.d1} {
		if i := k + knot; i > 0 && i < t.bins {
			pBar.set(2*t.bins+i-1, bar*sigmoid(p.at(2*t.bins+i-1)))
		}
	}
}

// scatterSizes pulls the cotangents of bin k's lower corner and size back
// through the cumulative sum and the softmax of the K shares from offset on.
func (t spline) scatterSizes(pBar, p column, offset, k int, corner, size float64) {
	scale := 2 * t.bound * (1 - minShare*float64(t.bins))
	mean := size * p.at(offset+k)
	for i := range k {
		mean += corner * p.at(offset+i)
	}
	for i := range t.bins {
		bar := 0.0
		switch {
		case i < k:
			bar = corner
		case i == k:
			bar = size
		}
		pBar.set(offset+i, scale*p.at(offset+i)*(bar-mean))
	}
}
