package calibrate_test

import (
	"math"

	"github.com/nudge-abm/nudge/calibrate/prior"
)

// signs is the "simple likelihood, complex posterior" of Papamakarios, Sterratt and
// Murray (2019): four points in the plane whose standard deviations are squares of
// parameters, so that the signs of two of five stay unknown.
func signs(b beliefs) target {
	data := [][2]float64{{-0.97, -2.94}, {1.42, -3.11}, {0.31, -2.15}, {2.37, -3.76}}
	return target{
		name: "unknown signs", priors: b.uniform(5, -3, 3), masses: []float64{.25, .25, .25, .25},
		mode: func(theta []float64) int { return btoi(theta[2] > 0) + 2*btoi(theta[3] > 0) },
		likelihood: func(theta, grad []float64) (v float64) {
			clear(grad)
			s1, s2, rho := theta[2]*theta[2]+1e-6, theta[3]*theta[3]+1e-6, math.Tanh(theta[4])
			c := 1 - rho*rho
			for _, y := range data {
				x, z := (y[0]-theta[0])/s1, (y[1]-theta[1])/s2
				q := x*x + z*z - 2*rho*x*z
				v -= math.Log(s1*s2*math.Sqrt(c)) + q/(2*c)
				if grad != nil {
					inX, inZ := (x-rho*z)/c, (z-rho*x)/c
					grad[0] += inX / s1
					grad[1] += inZ / s2
					grad[2] += 2 * theta[2] * (inX*x - 1) / s1
					grad[3] += 2 * theta[3] * (inZ*z - 1) / s2
					grad[4] += rho + x*z - q*rho/c
				}
			}
			return v
		},
	}
}

// eightSchools are the eight schools of Rubin (1981), centred: where they differ little
// the posterior narrows to a neck.
func eightSchools(b beliefs) target {
	effects, errors := []float64{28, 8, -3, 7, -1, 1, 18, 12}, []float64{15, 10, 16, 11, 9, 11, 10, 18}
	const wide = 20 // the likelihood takes its normal density back
	spread, err := prior.NewHalfNormal(10)
	priors := append(append(b.normal(1, 0, 5), b.all(1, spread, err)...), b.normal(8, 0, wide)...)
	return target{name: "eight schools", priors: priors, likelihood: func(theta, grad []float64) (v float64) {
		clear(grad)
		for k, y := range effects {
			x := theta[2+k]
			e, d := (y-x)/errors[k], (x-theta[0])/theta[1]
			v -= e*e/2 + d*d/2 + math.Log(theta[1]) - x*x/(2*wide*wide)
			if grad != nil {
				grad[0] += d / theta[1]
				grad[1] += (d*d - 1) / theta[1]
				grad[2+k] = e/errors[k] - d/theta[1] + x/(wide*wide)
			}
		}
		return v
	}}
}
