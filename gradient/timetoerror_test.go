//go:build unix

package gradient_test

import (
	"fmt"
	"math"
	"syscall"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// contest is an estimator with what its samples took and how they spread.
type contest struct {
	name    string
	flips   int // relative population
	sampler gradient.Sampler
	seconds float64
	moments spread
}

// spread gathers mean and variance of Jacobians.
type spread struct {
	n        float64
	mean, m2 []float64
}

func (s *spread) add(x []float64) {
	if s.mean == nil {
		s.mean, s.m2 = make([]float64, len(x)), make([]float64, len(x))
	}
	s.n++
	for i, v := range x {
		d := v - s.mean[i]
		s.mean[i] += d / s.n
		s.m2[i] += d * (v - s.mean[i])
	}
}

// error2 returns the mean square error of a single sample over all rows and
// parameters, each in units of the parameter's peak.
func (s *spread) error2(peaks []float64) float64 {
	sum := 0.0
	for i, v := range s.m2 {
		p := peaks[i%len(peaks)]
		sum += v / (s.n - 1) / (p * p)
	}
	return sum / float64(len(s.m2))
}

func (s *spread) perParam(peaks []float64) []float64 {
	out := make([]float64, len(peaks))
	for i, v := range s.m2 {
		p := peaks[i%len(peaks)]
		out[i%len(peaks)] += v / (s.n - 1) / (p * p)
	}
	for k := range out {
		out[k] = math.Sqrt(out[k] * float64(len(peaks)) / float64(len(s.m2)))
	}
	return out
}

func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

func newInfections(p *gradient.Problem, jacobian []float64) []float64 {
	rows, observables, active := p.Shape()
	var x []float64
	for row := range rows {
		x = append(x, jacobian[row*observables*active:][:active]...)
	}
	return x
}

func BenchmarkTimeToError(b *testing.B) {
	for _, c := range []struct{ agents, samples int }{{1000, 60}, {10_000, 8}} {
		b.Run(fmt.Sprintf("N=%d", c.agents), func(b *testing.B) {
			s := abm.NewSetup(sir.Model)
			for _, a := range []string{"network=erdos-renyi", "mean_degree=5", "transmission=0.6", "recovery=0.05", "initial=0.01", "steps=61", "gate=fractional", "quarantine_start=15.5", "quarantine_end=25.5", "distancing_start=10.5", "distancing_end=35.5", fmt.Sprintf("agents=%d", c.agents)} {
				if err := s.Assign(a); err != nil {
					b.Fatal(err)
				}
			}
			p, err := gradient.NewProblem(s, 1)
			if err != nil {
				b.Fatal(err)
			}
			p.Observables = []int{0}
			for range b.N {
				race(b, p, c.agents, c.samples)
			}
		})
	}
}

func race(b *testing.B, p *gradient.Problem, agents, samples int) {
	var all []*contest
	enter := func(name string, e gradient.Estimator) {
		began := cpu()
		s, err := e.Sampler(p)
		if err != nil {
			b.Fatal(err)
		}
		fmt.Printf("%s pilot %.3f\n", name, cpu()-began)
		all = append(all, &contest{name: name, sampler: s})
	}
	enter("FD2", gradient.FiniteDifference{RelativeStep: 0.02})
	enter("FD10", gradient.FiniteDifference{RelativeStep: 0.1})
	for _, side := range []gradient.Side{gradient.LeftSide} {
		for _, share := range []float64{3, 1, .3} {
			k := int(float64(agents) / share)
			if k >= 10 {
				enter(fmt.Sprintf("flip%d-K%d", side, k), gradient.Flip{Flips: k, Side: side})
			}
		}
	}
	peaks := make([]float64, 9)
	for i := range samples {
		for _, c := range all {
			var x gradient.Sample
			began := cpu()
			if err := c.sampler.Sample(uint64(i), &x); err != nil {
				b.Fatal(err)
			}
			c.seconds += cpu() - began
			c.moments.add(newInfections(p, x.Jacobian))
		}
	}
	for i, v := range all[1].moments.mean {
		peaks[i%9] = max(peaks[i%9], math.Abs(v))
	}
	for _, c := range all {
		e2, cost := c.moments.error2(peaks), c.seconds/float64(samples)
		fmt.Printf("%-12s cost %.5f  rms %.3f  time %.3f  %.2f\n", c.name, cost, math.Sqrt(e2), e2*cost/0.05/0.05, c.moments.perParam(peaks))
	}
}
