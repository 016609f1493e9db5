package sugarscape_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sugarscape"
	"github.com/nudge-abm/nudge/rng"
)

// setup returns the model with the assignments, prepared.
func setup(tb testing.TB, assignments ...string) *abm.Setup {
	tb.Helper()
	s := abm.NewSetup(sugarscape.Model)
	for _, a := range assignments {
		if err := s.Assign(a); err != nil {
			tb.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// crowded returns n agents at a density of 100 on 50 × 50 cells.
func crowded(tb testing.TB, n int) *abm.Setup {
	size := math.Round(50 * math.Sqrt(float64(n)/100))
	return setup(tb, fmt.Sprintf("agents=%d", n), fmt.Sprintf("size=%.0f", size))
}

var sizes = []int{100, 1_000, 10_000, 100_000}

func BenchmarkPlain(b *testing.B) {
	for _, n := range sizes {
		s := crowded(b, n)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			w := abm.NewWorld(s, nil, nil)
			theta := s.Theta()
			run := uint64(0)
			for b.Loop() {
				if err := w.Run(theta, rng.Seed{Run: run}); err != nil {
					b.Fatal(err)
				}
				run++
			}
			report(b, s)
		})
	}
}

func BenchmarkJacobian(b *testing.B) {
	for _, n := range sizes {
		s := crowded(b, n)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			p, err := gradient.NewProblem(s, 1)
			if err != nil {
				b.Fatal(err)
			}
			sampler, err := gradient.StraightThrough{}.Sampler(p)
			if err != nil {
				b.Fatal(err)
			}
			defer sampler.Close()
			var x gradient.Sample
			run := uint64(0)
			for b.Loop() {
				if err := sampler.Sample(run, &x); err != nil {
					b.Fatal(err)
				}
				run++
			}
			report(b, s)
		})
	}
}

// report adds what an agent's step took.
func report(b *testing.B, s *abm.Setup) {
	steps := float64(b.N) * float64(s.Int("agents")) * float64(s.Steps()-1)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/steps, "ns/agent-step")
}
