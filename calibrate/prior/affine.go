package prior

import (
	"fmt"
	"math"
)

// affine standardises one unconstrained coordinate: w = centre + scale·z.
type affine struct{ centre, scale float64 }

// oneSigma is Φ(1): the probability below one standard deviation.
var oneSigma = normalCDF(1)

// standardise returns the affine map that puts z = 0 on d's median and one
// unit of z on its robust standard deviation, half the distance between its
// quantiles at Φ(−1) and Φ(1), all in d's unconstrained coordinate. For a
// log-normal z is exactly (log θ − mu)/sigma.
func standardise(d Unconstrained) (affine, error) {
	a := affine{
		centre: d.QuantileAt(0.5),
		scale:  0.5 * math.Abs(d.QuantileAt(oneSigma)-d.QuantileAt(1-oneSigma)),
	}
	if err := first(finite("centre", a.centre), positive("scale", a.scale)); err != nil {
		return affine{}, fmt.Errorf("%v cannot be standardised: its unconstrained %w", d, err)
	}
	return a, nil
}

func (a affine) at(z float64) float64      { return a.centre + a.scale*z }
func (a affine) inverse(w float64) float64 { return (w - a.centre) / a.scale }
func (a affine) logScale() float64         { return math.Log(a.scale) }

// rescale turns a log-density of w and its derivative into those of z.
func (a affine) rescale(logp, dlogp float64) (float64, float64) {
	return logp + a.logScale(), dlogp * a.scale
}

// saturatedSticks counts the logits that lie within 1e-12 of an end.
func saturatedSticks(sticks []affine, z []float64) (n int) {
	for k, stick := range sticks {
		if math.Abs(stick.at(z[k])) > saturation {
			n++
		}
	}
	return n
}
