package sir_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
)

// square is half the squared distance of the series from a ripple.
func square(series, adjoint []float64) float64 {
	sum := 0.0
	for i, v := range series {
		d := v - 0.1*math.Sin(float64(i))
		sum += d * d / 2
		if adjoint != nil {
			adjoint[i] = d
		}
	}
	return sum
}

func TestReverseQuick(t *testing.T) {
	for i, assignments := range worlds {
		for _, e := range []gradient.Estimator{gradient.StraightThrough{}, gradient.GumbelSoftmax{Temperature: 0.5}, gradient.Smoothed{}} {
			t.Run(fmt.Sprint(i, e.Name()), func(t *testing.T) {
				s := worldSetup(t, assignments)
				p, err := gradient.NewProblem(s, 3)
				if err != nil {
					t.Fatal(err)
				}
				rev, err := gradient.Loss{Objective: square, Estimator: e}.Sampler(p)
				if err != nil {
					t.Fatal(err)
				}
				defer rev.Close()
				fwd, err := e.Sampler(p)
				if err != nil {
					t.Fatal(err)
				}
				defer fwd.Close()
				var x, y gradient.Sample
				for run := range uint64(3) {
					if err := rev.Sample(run, &x); err != nil {
						t.Fatal(err)
					}
					if err := fwd.Sample(run, &y); err != nil {
						t.Fatal(err)
					}
					adj := make([]float64, len(y.Series))
					if l := square(y.Series, adj); l != x.Series[0] {
						t.Fatal(l, x.Series)
					}
					want, size := make([]float64, 9), make([]float64, 9)
					for i, g := range adj {
						for k := range want {
							want[k] += g * y.Jacobian[i*9+k]
							size[k] += math.Abs(g * y.Jacobian[i*9+k])
						}
					}
					for k := range want {
						t.Logf("%d: %g %g rel %g  size %g", k, x.Jacobian[k], want[k], math.Abs(x.Jacobian[k]-want[k])/math.Abs(want[k]), math.Abs(x.Jacobian[k]-want[k])/size[k])
					}
				}
			})
		}
	}
}
