package prior

import "math"

// Ordered maps ℝ^N onto ascending vectors: θ_1 = z_1, θ_i = θ_{i−1} + e^{z_i}.
type Ordered struct{ N int }

// In implements [VectorBijector].
func (o Ordered) In() int { return o.N }

// Out implements [VectorBijector].
func (o Ordered) Out() int { return o.N }

// Forward implements [VectorBijector].
func (o Ordered) Forward(theta, z []float64) (logDet float64) {
	o.want(z, theta)
	for i, zi := range z {
		if i == 0 {
			theta[0] = zi
			continue
		}
		theta[i] = theta[i-1] + math.Exp(zi)
		logDet += zi
	}
	return logDet
}

// Backward implements [VectorBijector].
func (o Ordered) Backward(zbar, z, theta, thetabar []float64, logDetBar float64) {
	o.want(z, theta)
	o.want(zbar, thetabar)
	after := 0.0
	for i := o.N - 1; i > 0; i-- {
		after += thetabar[i]
		zbar[i] = math.Exp(z[i])*after + logDetBar
	}
	if o.N > 0 {
		zbar[0] = after + thetabar[0]
	}
}

// Inverse implements [VectorBijector]. It writes NaN where θ descends.
func (o Ordered) Inverse(z, theta []float64) {
	o.want(z, theta)
	for i := o.N - 1; i > 0; i-- {
		z[i] = math.Log(theta[i] - theta[i-1])
	}
	if o.N > 0 {
		z[0] = theta[0]
	}
}

func (o Ordered) want(z, theta []float64) {
	wantLen("z", len(z), o.N)
	wantLen("θ", len(theta), o.N)
}
