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
			"difference": gradient.FiniteDifference{RelativeStep: 0.05}, "cavity": gradient.Cavity{},
		} {
			if name == "cavity" && network == "complete" {
				continue // which it does not serve
			}
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

// BenchmarkRanking compares the seconds of one core that gradients and first-order
// Sobol' indices take for the same error of the shares by which parameters are
// ranked: the shares of the variance of the infected where it is largest, of the
// linearised model and of the model, parameters within 20 % of their values. The
// error is the root mean square of the standard errors of the nine shares.
func BenchmarkRanking(b *testing.B) {
	p := epidemic(b, "complete")
	var space Space
	for k, i := range p.Active {
		v := p.Theta[i]
		space = append(space, Uniform(p.Setup.Model.Parameters[k].Name, .8*v, 1.2*v))
	}
	m, err := NewModel(p, space, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		began := time.Now()
		r, err := Sobol(context.Background(), m, SobolOptions{Options: Options{Points: 128}})
		if err != nil {
			b.Fatal(err)
		}
		sobol, at := time.Since(began).Seconds(), 0
		for k, v := range r.Variance {
			if v.Value > r.Variance[at].Value {
				at = k
			}
		}
		square := 0.0
		for i := range r.First {
			square += math.Pow((r.First[i][at].High-r.First[i][at].Low)/2/1.96, 2)
		}
		began = time.Now()
		l, err := LocalOf(context.Background(), p, gradient.StraightThrough{}, LocalOptions{Runs: 64, SD: space.SD()})
		if err != nil {
			b.Fatal(err)
		}
		gradients := time.Since(began).Seconds()
		ratio := square / shareError(l, at) * sobol / gradients
		b.ReportMetric(sobol, "s-sobol")
		b.ReportMetric(gradients, "s-gradients")
		b.ReportMetric(math.Sqrt(square/9), "error-sobol")
		b.ReportMetric(math.Sqrt(shareError(l, at)/9), "error-gradients")
		b.ReportMetric(ratio, "times-cheaper")
	}
}

// shareError returns the sum of the squared standard errors of effect²/Σ effect².
func shareError(l *Local, row int) float64 {
	n := len(l.Parameters)
	effect, se := l.Effect.Mean[row*n:][:n], l.Effect.SE[row*n:][:n]
	total := 0.0
	for _, e := range effect {
		total += e * e
	}
	square := 0.0
	for k := range effect {
		for j, e := range effect {
			d := -e * effect[k] * effect[k] / total
			if j == k {
				d += effect[k]
			}
			square += math.Pow(2*d*se[j]/total, 2)
		}
	}
	return square
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
