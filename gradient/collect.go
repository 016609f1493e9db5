package gradient

import (
	"context"
	"math"
	"time"

	"github.com/nudge-abm/nudge/abm"
)

// Moments are the mean and spread of an estimator over independent samples.
type Moments struct {
	N         int
	Series    []float64 // T × C, mean of the runs; see Sampling.Series
	Mean      []float64 // T × C × P, mean estimate
	m2        []float64 // sums of squared deviations from the mean
	Runs      float64   // plain runs' worth of simulations a sample took
	CPU       float64   // seconds of one worker a sample took
	NonFinite int       // samples left out because some derivative was not finite
}

// SD returns the standard deviation of a single sample's entry i.
func (m *Moments) SD(i int) float64 {
	if m.N < 2 {
		return math.NaN()
	}
	return math.Sqrt(m.m2[i] / float64(m.N-1))
}

// SE returns the standard error of the mean's entry i.
func (m *Moments) SE(i int) float64 { return m.SD(i) / math.Sqrt(float64(m.N)) }

// add takes one sample into account (Welford's recurrence).
func (m *Moments) add(s *Sample) {
	if !finite(s.Jacobian) {
		m.NonFinite++
		return
	}
	if m.Mean == nil {
		m.Series = make([]float64, len(s.Series))
		m.Mean, m.m2 = make([]float64, len(s.Jacobian)), make([]float64, len(s.Jacobian))
	}
	m.N++
	n := float64(m.N)
	for i, v := range s.Series {
		m.Series[i] += (v - m.Series[i]) / n
	}
	for i, v := range s.Jacobian {
		d := v - m.Mean[i]
		m.Mean[i] += d / n
		m.m2[i] += d * (v - m.Mean[i])
	}
	m.Runs += (s.Runs - m.Runs) / n
}

func finite(x []float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}

// Sampling says how many samples to take, of which runs, on how many workers.
type Sampling struct {
	Samples int
	First   uint64                 // run whose luck the first sample takes
	Workers int                    // at least one works
	Series  bool                   // average the runs at θ too where the estimator makes none
	Each    func(i int, s *Sample) // called in index order; may be nil
}

// Collect averages an estimator over the runs First … First+Samples−1. The
// result is the same for any number of workers.
func Collect(ctx context.Context, p *Problem, e Estimator, how Sampling) (*Moments, error) {
	how.Workers = max(1, how.Workers)
	samplers, err := newSamplers(p, e, how.Workers)
	if err != nil {
		return nil, err
	}
	defer closeSamplers(samplers)
	m := &Moments{}
	type timed struct {
		Sample
		seconds float64
	}
	seconds := 0.0
	err = abm.Ordered(ctx, how.Workers, how.Samples,
		func(worker, i int) (timed, error) {
			var s timed
			if how.Series {
				s.Series = []float64{}
			}
			began := time.Now()
			err := samplers[worker].Sample(how.First+uint64(i), &s.Sample)
			s.seconds = time.Since(began).Seconds()
			return s, err
		},
		func(i int, s timed) error {
			m.add(&s.Sample)
			seconds += s.seconds
			if how.Each != nil {
				how.Each(i, &s.Sample)
			}
			return nil
		})
	m.CPU = seconds / float64(max(1, how.Samples))
	return m, err
}

func newSamplers(p *Problem, e Estimator, workers int) ([]Sampler, error) {
	samplers := make([]Sampler, 0, workers)
	for range workers {
		s, err := e.Sampler(p)
		if err != nil {
			closeSamplers(samplers)
			return nil, err
		}
		samplers = append(samplers, s)
	}
	return samplers, nil
}

func closeSamplers(samplers []Sampler) {
	for _, s := range samplers {
		s.Close()
	}
}
