package gradient_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// curve is a loss: the squared distance of the first of five observables from a
// wave of infections.
func curve(series, adjoint []float64) float64 {
	sum := 0.0
	for e := 0; e < len(series); e += 5 {
		d := series[e] - 0.02*math.Exp(-math.Pow(float64(e/5)-15, 2)/50)
		sum += d * d
		if adjoint != nil {
			adjoint[e] = 2 * d
		}
	}
	return sum
}

// BenchmarkDebiased compares debiased with flip on the gradient of a loss, at the
// same number of flips: the ratio of the variances of a sample, as geometric mean
// over parameters, the ratio of the times, and their product, the ratio of the
// times to the same error.
func BenchmarkDebiased(b *testing.B) {
	whole := *sir.Model
	whole.Local = nil
	for _, c := range []struct {
		name       string
		model      *abm.Model
		assignment string
		samples    int // times flips
	}{
		{"sparse", sir.Model, "network=erdos-renyi", 20_000},
		{"complete", sir.Model, "network=complete", 20_000},
		{"complete, by whole runs", &whole, "network=complete", 2000},
	} {
		s := abm.NewSetup(c.model)
		for _, a := range []string{"mean_degree=5", "transmission=0.6", "initial=0.01", c.assignment} {
			if err := s.Assign(a); err != nil {
				b.Fatal(err)
			}
		}
		p, err := gradient.NewProblem(s, 5, rates...)
		if err != nil {
			b.Fatal(err)
		}
		p.Observables = []int{0}
		for _, flips := range []int{10, 30, 100} {
			b.Run(fmt.Sprintf("%s/flips=%d", c.name, flips), func(b *testing.B) {
				for b.Loop() {
					alone := lossMoments(b, p, gradient.Flip{Flips: flips}, c.samples/flips)
					together := lossMoments(b, p, gradient.Debiased{Flips: flips}, c.samples/flips)
					times := together.CPU / float64(together.N) / (alone.CPU / float64(alone.N))
					b.ReportMetric(varianceRatio(together, alone), "variance")
					b.ReportMetric(times, "time")
					b.ReportMetric(times*varianceRatio(together, alone), "time-to-error")
				}
			})
		}
	}
}

func lossMoments(b *testing.B, p *gradient.Problem, e gradient.Estimator, samples int) *gradient.Moments {
	m, err := gradient.Collect(context.Background(), p, gradient.Loss{Objective: curve, Estimator: e}, gradient.Sampling{Samples: samples, Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// varianceRatio is the geometric mean over parameters.
func varianceRatio(x, y *gradient.Moments) float64 {
	sum := 0.0
	for k := range x.Mean {
		sum += 2 * math.Log(x.SD(k)/y.SD(k))
	}
	return math.Exp(sum / float64(len(x.Mean)))
}
