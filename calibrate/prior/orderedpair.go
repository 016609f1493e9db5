package prior

import "math"

// OrderedPair maps ℝ² onto pairs lo < start < end < hi: start by a logit on
// (lo, hi), then end by a logit on (start, hi).
type OrderedPair struct {
	lo, hi float64
	sticks [2]affine
}

// NewOrderedPair returns the bijector whose z are the two logits themselves:
// z = 0 puts start in the middle and end at three quarters. It returns an
// error unless lo and hi are finite and lo < hi.
func NewOrderedPair(lo, hi float64) (OrderedPair, error) {
	err := first(finite("lo", lo), finite("hi", hi), ascending(lo, hi))
	return OrderedPair{lo, hi, [2]affine{{0, 1}, {0, 1}}}, err
}

// NewOrderedPairByGaps returns the bijector whose z are those of a [Simplex]
// over the three gaps lo–start–end–hi: z = 0 makes them equal. It differs from
// [NewOrderedPair] by a shift of log 2 in z_1 alone. It returns an error
// unless lo and hi are finite and lo < hi.
func NewOrderedPairByGaps(lo, hi float64) (OrderedPair, error) {
	p, err := NewOrderedPair(lo, hi)
	p.sticks[0].centre = -math.Ln2
	return p, err
}

// In implements [VectorBijector].
func (p OrderedPair) In() int { return 2 }

// Out implements [VectorBijector].
func (p OrderedPair) Out() int { return 2 }

// Forward implements [VectorBijector].
func (p OrderedPair) Forward(theta, z []float64) (logDet float64) {
	p.want(z, theta)
	w0, w1 := p.sticks[0].at(z[0]), p.sticks[1].at(z[1])
	start, _, logDet0, _ := Interval{p.lo, p.hi}.Forward(w0)
	theta[0] = start
	theta[1], _, _, _ = Interval{start, p.hi}.Forward(w1)
	logDet1, _ := logistic(w1)
	logRest := math.Log(p.hi-p.lo) - softplus(w0) // log(hi − start), also where start rounds to hi
	return logDet0 + logRest + logDet1 + p.sticks[0].logScale() + p.sticks[1].logScale()
}

// Backward implements [VectorBijector]. A later start drags the end along:
// ∂end/∂start = σ(−w_2).
func (p OrderedPair) Backward(zbar, z, theta, thetabar []float64, logDetBar float64) {
	p.want(z, theta)
	p.want(zbar, thetabar)
	w0, w1 := p.sticks[0].at(z[0]), p.sticks[1].at(z[1])
	rest := (p.hi - p.lo) * sigmoid(-w0)
	bar0 := rest * sigmoid(w0) * (thetabar[0] + sigmoid(-w1)*thetabar[1])
	bar1 := rest * sigmoid(w1) * sigmoid(-w1) * thetabar[1]
	_, dlog0 := logistic(w0)
	_, dlog1 := logistic(w1)
	zbar[0] = p.sticks[0].scale * (bar0 + logDetBar*(dlog0-sigmoid(w0)))
	zbar[1] = p.sticks[1].scale * (bar1 + logDetBar*dlog1)
}

// Inverse implements [VectorBijector]. It writes NaN where the pair is not
// ordered or leaves the interval.
func (p OrderedPair) Inverse(z, theta []float64) {
	p.want(z, theta)
	start, end := theta[0], theta[1]
	z[0] = p.sticks[0].inverse(Interval{p.lo, p.hi}.Inverse(start))
	z[1] = p.sticks[1].inverse(Interval{start, p.hi}.Inverse(end))
}

// Saturated returns the number of the two logits within 1e-12 of an end.
func (p OrderedPair) Saturated(z []float64) int {
	wantLen("z", len(z), 2)
	return saturatedSticks(p.sticks[:], z)
}

func (p OrderedPair) want(z, theta []float64) {
	wantLen("z", len(z), 2)
	wantLen("θ", len(theta), 2)
}
