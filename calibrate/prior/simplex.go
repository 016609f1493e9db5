package prior

import (
	"fmt"
	"math"
)

// Simplex maps ℝ^(K−1) onto K positive shares with sum 1 by breaking a stick:
// v_k = σ(w_k) of what remains goes to share k, the last share takes the rest.
// The coordinate is w_k = z_k − log(K−k), so that z = 0 gives equal shares (as
// in Stan and Bijectors.jl), unless a prior has chosen its own scale.
type Simplex struct{ sticks []affine }

// NewSimplex returns the bijector onto k shares. It returns an error unless
// k ≥ 2.
func NewSimplex(k int) (Simplex, error) {
	if k < 2 {
		return Simplex{}, fmt.Errorf("a simplex needs at least 2 shares, has %d", k)
	}
	s := Simplex{make([]affine, k-1)}
	for i := range s.sticks {
		s.sticks[i] = affine{centre: -math.Log(float64(k - 1 - i)), scale: 1}
	}
	return s, nil
}

// In implements [VectorBijector].
func (s Simplex) In() int { return len(s.sticks) }

// Out implements [VectorBijector].
func (s Simplex) Out() int { return len(s.sticks) + 1 }

// Forward implements [VectorBijector].
func (s Simplex) Forward(theta, z []float64) (logDet float64) {
	s.want(z, theta)
	rest, logRest := 1.0, 0.0
	for k, stick := range s.sticks {
		w := stick.at(z[k])
		theta[k] = rest * sigmoid(w)
		logDet += logRest - softplus(-w) - softplus(w) + stick.logScale()
		rest *= sigmoid(-w)
		logRest -= softplus(w)
	}
	theta[s.In()] = rest
	return logDet
}

// Backward implements [VectorBijector]. A longer piece k shortens all later
// shares in proportion: ∂θ_j/∂w_k = −v_k·θ_j for j > k.
func (s Simplex) Backward(zbar, z, theta, thetabar []float64, logDetBar float64) {
	s.want(z, theta)
	s.want(zbar, thetabar)
	later := theta[s.In()] * thetabar[s.In()]
	for k := s.In() - 1; k >= 0; k-- {
		w := s.sticks[k].at(z[k])
		v, left := sigmoid(w), sigmoid(-w)
		bar := theta[k]*left*thetabar[k] - v*later
		bar += logDetBar * (left - float64(s.In()-k)*v)
		zbar[k] = bar * s.sticks[k].scale
		later += theta[k] * thetabar[k]
	}
}

// Inverse implements [VectorBijector].
func (s Simplex) Inverse(z, theta []float64) {
	s.want(z, theta)
	rest := theta[s.In()]
	for k := s.In() - 1; k >= 0; k-- {
		z[k] = s.sticks[k].inverse(math.Log(theta[k]) - math.Log(rest))
		rest += theta[k]
	}
}

// Saturated returns the number of sticks broken within 1e-12 of an end.
func (s Simplex) Saturated(z []float64) int {
	wantLen("z", len(z), s.In())
	return saturatedSticks(s.sticks, z)
}

func (s Simplex) want(z, theta []float64) {
	wantLen("z", len(z), s.In())
	wantLen("θ", len(theta), s.Out())
}
