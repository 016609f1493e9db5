package sensitivity

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// The benchmarks measure, on an epidemic with nine parameters, the seconds of one
// core that it takes to know every derivative of the infected at its peak to 2 %,
// by gradients and by central differences. They extrapolate from the variance
// and time of a few samples: the error falls with the square root of the
// samples. The hardest parameter decides, and the median is reported beside it.

func epidemic(b *testing.B, network string) *gradient.Problem {
	s := abm.NewSetup(sir.Model)
	for _, x := range []string{"agents=1000", "transmission=0.6", "initial=0.05", "network=" + network} {
		if err := s.Assign(x); err != nil {
			b.Fatal(err)
		}
	}
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		b.Fatal(err)
	}
	p.Observables = []int{s.Model.Observable("infected")}
	return p
}

func BenchmarkTwoPercent(b *testing.B) {
	for _, network := range []string{"complete", "erdos-renyi"} {
		for name, e := range map[string]gradient.Estimator{
			"straight-through": gradient.StraightThrough{}, "flip": gradient.Flip{},
			"difference": gradient.FiniteDifference{RelativeStep: 0.05},
		} {
			b.Run(network+"/"+name, func(b *testing.B) { twoPercent(b, epidemic(b, network), e, 40) })
		}
	}
}

func twoPercent(b *testing.B, p *gradient.Problem, e gradient.Estimator, samples int) {
	for b.Loop() {
		sampler, err := e.Sampler(p) // what it learns is not counted
		if err != nil {
			b.Fatal(err)
		}
		sampler.Close()
		began := time.Now()
		l, err := LocalOf(context.Background(), p, e, LocalOptions{Runs: samples})
		if err != nil {
			b.Fatal(err)
		}
		each := time.Since(began).Seconds() / float64(samples)
		var needed []float64
		for k, x := range l.Influence[0] {
			at := x.Peak*len(l.Parameters) + k
			relative := l.Derivative.SE[at] / math.Abs(l.Derivative.Mean[at])
			needed = append(needed, each*float64(samples)*math.Pow(relative/.02, 2))
			b.ReportMetric(100*relative, l.Parameters[k]+"-%")
		}
		list := needed
		b.ReportMetric(1e3*each, "ms/sample")
		b.ReportMetric(largest(list), "s-hardest")
		b.ReportMetric(median(list), "s-median")
		b.ReportMetric(l.Cost.Runs/float64(samples), "runs/sample")
	}
}

func largest(x []float64) float64 {
	m := x[0]
	for _, v := range x {
		m = max(m, v)
	}
	return m
}

func median(x []float64) float64 {
	ranks := ranked(x)
	for i, r := range ranks {
		if int(r) == (len(x)+1)/2 {
			return x[i]
		}
	}
	return math.NaN()
}
