//go:build unix

package gradient_test

import (
	"context"
	"fmt"
	"math"
	"syscall"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

// allowed is the standard error to be reached, as a share of each
// parameter's peak.
const allowed = 0.05

// BenchmarkTimeToError reports, for each estimator, the CPU seconds that bring the
// standard error of the Jacobian of new infections, root mean square over all steps
// and all nine parameters, under 5 % of each parameter's peak: cost of a sample ×
// variance of a sample ÷ error². The bias of finite differences, which no number of
// samples brings down, is told apart: their distance from the mean of the flips,
// less noise.
func BenchmarkTimeToError(b *testing.B) {
	for _, c := range []struct{ agents, samples int }{{1_000, 200}, {10_000, 20}, {100_000, 5}} {
		b.Run(fmt.Sprintf("N=%d", c.agents), func(b *testing.B) {
			p := sparseEpidemic(b, c.agents)
			for b.Loop() {
				race(b, p, c.agents, c.samples)
			}
		})
	}
}

// sparseEpidemic is the epidemic on a sparse network with policies on, which begin and
// end within steps, away from the kinks in their effect.
func sparseEpidemic(b *testing.B, agents int) *gradient.Problem {
	s := abm.NewSetup(sir.Model)
	for _, a := range []string{
		"network=erdos-renyi", "mean_degree=5", "transmission=0.6", "recovery=0.05", "initial=0.01", "steps=61",
		"gate=fractional", "quarantine_start=15.5", "quarantine_end=25.5", "distancing_start=10.5", "distancing_end=35.5",
		fmt.Sprintf("agents=%d", agents),
	} {
		if err := s.Assign(a); err != nil {
			b.Fatal(err)
		}
	}
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		b.Fatal(err)
	}
	p.Observables = []int{0}
	return p
}

// race samples all estimators and reports their times.
func race(b *testing.B, p *gradient.Problem, agents, samples int) {
	flip := enter(b, "flip", p, gradient.Flip{Flips: agents / 2, Side: gradient.LeftSide}, samples)
	near := enter(b, "fd-2%", p, gradient.FiniteDifference{RelativeStep: 0.02}, samples)
	far := enter(b, "fd-10%", p, gradient.FiniteDifference{RelativeStep: 0.1}, samples)
	score := enter(b, "score", p, gradient.Score{}, max(5, samples/10))
	peaks := flip.peaks()
	times := map[string]float64{}
	for _, r := range []racer{flip, near, far, score} {
		v := r.variance(peaks)
		times[r.name] = r.seconds * v / (allowed * allowed)
		b.ReportMetric(times[r.name], r.name+"-s")
		b.ReportMetric(100*math.Sqrt(v), r.name+"-sd-%")
		b.ReportMetric(1000*r.seconds, r.name+"-ms/sample")
	}
	for _, r := range []racer{near, far} {
		b.ReportMetric(100*r.bias(flip, peaks), r.name+"-bias-%")
		b.ReportMetric(times[r.name]/times["flip"], r.name+"/flip")
	}
	b.ReportMetric(flip.pilot, "flip-pilot-s")
	b.ReportMetric(0, "ns/op")
}

// racer is an estimator's samples of the Jacobian of new infections.
type racer struct {
	*gradient.Moments
	name                string
	observables, active int
	pilot               float64 // seconds before the first sample
	seconds             float64 // a sample
}

func enter(b *testing.B, name string, p *gradient.Problem, e gradient.Estimator, samples int) racer {
	b.Helper()
	_, observables, active := p.Shape()
	r := racer{name: name, observables: observables, active: active}
	began := cpu(b)
	s, err := e.Sampler(p)
	if err != nil {
		b.Fatal(err)
	}
	s.Close()
	r.pilot = cpu(b) - began
	began = cpu(b)
	if r.Moments, err = gradient.Collect(context.Background(), p, e, gradient.Sampling{Samples: samples}); err != nil {
		b.Fatal(err)
	}
	r.seconds = (cpu(b) - began - r.pilot) / float64(samples)
	return r
}

// cpu returns the seconds of processor time that the process has taken.
func cpu(b *testing.B) float64 {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// entry returns the entry of the Jacobian that is of new infections, the k-th
// parameter's in the row.
func (r racer) entry(row, k int) int { return row*r.observables*r.active + k }

func (r racer) rows() int { return len(r.Mean) / (r.observables * r.active) }

// peaks returns the largest |derivative| by parameter.
func (r racer) peaks() []float64 {
	peaks := make([]float64, r.active)
	for row := range r.rows() {
		for k := range peaks {
			peaks[k] = max(peaks[k], math.Abs(r.Mean[r.entry(row, k)]))
		}
	}
	return peaks
}

// mean returns the mean over rows and parameters of square(entry)/peak².
func (r racer) mean(peaks []float64, square func(e int) float64) float64 {
	sum := 0.0
	for row := range r.rows() {
		for k, peak := range peaks {
			sum += square(r.entry(row, k)) / (peak * peak)
		}
	}
	return sum / float64(r.rows()*r.active)
}

// variance returns that of a sample.
func (r racer) variance(peaks []float64) float64 {
	return r.mean(peaks, func(e int) float64 { return r.SD(e) * r.SD(e) })
}

// bias returns the root mean square distance of the mean from another's, less
// noise.
func (r racer) bias(from racer, peaks []float64) float64 {
	square := r.mean(peaks, func(e int) float64 {
		d := r.Mean[e] - from.Mean[e]
		return d*d - r.SE(e)*r.SE(e) - from.SE(e)*from.SE(e)
	})
	return math.Sqrt(max(0, square))
}
