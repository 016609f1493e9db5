package gradient

import (
	"slices"
	"sync"
	"time"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/abm"
)

// Cost is what one sample of an estimator takes. Times are medians, in seconds
// of one worker.
type Cost struct {
	Estimator     string  `json:"estimator"`
	SecondsPerRun float64 `json:"seconds_per_run"` // of one sample
	PlainSeconds  float64 `json:"plain_seconds"`   // of a plain run between the samples
	Ratio         float64 `json:"ratio_to_plain"`
	RunsPerSample float64 `json:"runs_per_sample"` // plain runs' worth of simulations
	NonFinite     int     `json:"nonfinite"`       // samples left out as not finite
}

// plainRuns is about how many plain runs are timed beside an estimator.
const plainRuns = 25

// watch is an estimator whose samples are timed. Every few samples it also times
// a plain run with the same luck on the same worker, so that a busy machine
// slows both alike.
type watch struct {
	Estimator
	first, every uint64

	mutex          sync.Mutex
	samples, plain []float64 // seconds
}

// Sampler returns the estimator's sampler under watch.
func (w *watch) Sampler(p *Problem) (Sampler, error) {
	s, err := w.Estimator.Sampler(p)
	if err != nil {
		return nil, err
	}
	return &watchedSampler{Sampler: s, watch: w, p: p, plain: p.world(nil)}, nil
}

// cost returns what the samples behind m took.
func (w *watch) cost(m *Moments) Cost {
	c := Cost{
		Estimator: w.Name(), SecondsPerRun: median(w.samples), PlainSeconds: median(w.plain),
		RunsPerSample: m.Runs, NonFinite: m.NonFinite,
	}
	c.Ratio = c.SecondsPerRun / c.PlainSeconds
	return c
}

func median(x []float64) float64 {
	return stat.Quantile(0.5, stat.Empirical, slices.Sorted(slices.Values(x)), nil)
}

type watchedSampler struct {
	Sampler
	watch *watch
	p     *Problem
	plain *abm.World
}

// Sample times the sample and, every few runs, a plain run.
func (s *watchedSampler) Sample(run uint64, dst *Sample) error {
	took, err := seconds(func() error { return s.Sampler.Sample(run, dst) })
	if err != nil {
		return err
	}
	s.watch.note(&s.watch.samples, took)
	if (run-s.watch.first)%s.watch.every != 0 {
		return nil
	}
	took, err = seconds(func() error { return s.plain.Run(s.p.Theta, s.p.Luck(run)) })
	s.watch.note(&s.watch.plain, took)
	return err
}

// Close frees both worlds.
func (s *watchedSampler) Close() {
	s.Sampler.Close()
	s.plain.Close()
}

func (w *watch) note(times *[]float64, took float64) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	*times = append(*times, took)
}

// seconds returns how long work took.
func seconds(work func() error) (float64, error) {
	began := time.Now()
	err := work()
	return time.Since(began).Seconds(), err
}
