package abm_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// ring is an epidemic among n agents in a ring, each with its own rate of
// transmission: n parameters. Agent 0 is infected at the start; every agent
// infects its neighbours by its own rate and recovers with probability .1.
func ring(n, steps int) *abm.Model {
	m := &abm.Model{
		Name:        "ring",
		Settings:    []abm.Setting{abm.StepsSetting(steps)},
		Observables: []abm.Observable{{Name: "infected"}},
	}
	for i := range n {
		m.Parameters = append(m.Parameters, abm.Parameter{
			Name: fmt.Sprint("rate", i), Default: 0.5 + 0.4*math.Sin(float64(i)), Support: abm.Positive,
		})
	}
	m.Start = func(w *abm.World) func() {
		susceptible, infected, pressure := w.Column(n), w.Column(n), w.Column(n)
		rates := make([]ad.Num, n)
		for i, p := range m.Parameters {
			rates[i] = w.Param(p.Name)
		}
		susceptible.Fill(1)
		for i := 0; i < n; i += 10 {
			susceptible.Set(i, ad.Const(0))
			infected.Set(i, ad.Const(1))
		}
		return func() {
			for i := range w.Agents(n) {
				pressure.Set(i, infected.Product(i, rates[i]))
			}
			for i := range w.Agents(n) {
				caught, cured := ad.Num{}, ad.Num{}
				if !susceptible.IsZero(i) {
					felt := pressure.At((i + 1) % n).Add(pressure.At((i + n - 1) % n))
					caught = susceptible.Product(i, w.Event(0, felt))
				}
				if !infected.IsZero(i) {
					cured = infected.Product(i, w.Bernoulli(1, ad.Const(0.1)))
				}
				susceptible.Sub(i, caught)
				infected.Add(i, caught)
				infected.Sub(i, cured)
			}
			w.Observe(0, infected.Sum())
		}
	}
	return m
}

// first returns the indices 0 … n−1.
func first(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// A rate for each of many agents: the gradient is forward mode's.
func TestReverseOfManyParameters(t *testing.T) {
	for _, tape := range []int{0, 1} {
		compareReverse(t, ready(t, ring(80, 20)), first(80), straight{}, tape)
	}
}

// The record of a run with a thousand parameters is as large as that with ten
// that act everywhere, but for a leaf a parameter.
func TestReverseRecordDoesNotGrowWithParameters(t *testing.T) {
	s := ready(t, ring(1000, 20))
	record := func(active []int) int {
		r := abm.NewReverse(s, active, straight{})
		defer r.Close()
		if err := r.Run(s.Theta(), rng.Seed{}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Gradient(nil, ripple(r.Series(nil))); err != nil {
			t.Fatal(err)
		}
		return r.Bytes()
	}
	// every tenth agent is infected at the start: its rate acts on both sides
	var tenth []int
	for i := 0; i < 1000; i += 10 {
		tenth = append(tenth, i)
	}
	few, many := record(tenth), record(first(1000))
	if many > 2*few {
		t.Errorf("%d bytes for %d parameters, %d for 1000", few, len(tenth), many)
	}
}

// BenchmarkReverseOfManyParameters times the gradient of a loss in so many of a
// thousand parameters.
func BenchmarkReverseOfManyParameters(b *testing.B) {
	for _, p := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint("P=", p), func(b *testing.B) {
			s := ready(b, ring(1000, 60))
			var active []int
			for i := range p {
				active = append(active, i*1000/p)
			}
			r := abm.NewReverse(s, active, straight{})
			defer r.Close()
			theta := s.Theta()
			var gradient []float64
			for b.Loop() {
				if err := r.Run(theta, rng.Seed{}); err != nil {
					b.Fatal(err)
				}
				var err error
				if gradient, err = r.Gradient(gradient, ripple(r.Series(nil))); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(r.Bytes()), "bytes")
		})
	}
}
