package firms_test

import (
	"fmt"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/firms"
	"github.com/nudge-abm/nudge/rng"
)

func setup(tb testing.TB, assignments ...string) *abm.Setup {
	tb.Helper()
	s := abm.NewSetup(firms.Model)
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

// perAgentStep reports the time by what a run of the setup makes.
func perAgentStep(b *testing.B, s *abm.Setup) {
	steps := float64(s.Int("agents") * (s.Steps() - 1))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/steps, "ns/agent-step")
}

var populations = []int{1_000, 10_000, 100_000, 1_000_000}

func BenchmarkPlain(b *testing.B) {
	for _, n := range populations {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			s := setup(b, fmt.Sprintf("agents=%d", n))
			w := abm.NewWorld(s, nil, nil)
			for run := uint64(0); b.Loop(); run++ {
				if err := w.Run(s.Theta(), rng.Seed{Run: run}); err != nil {
					b.Fatal(err)
				}
			}
			perAgentStep(b, s)
		})
	}
}

func BenchmarkJacobian(b *testing.B) {
	for _, n := range populations {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			s := setup(b, fmt.Sprintf("agents=%d", n))
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
			for run := uint64(0); b.Loop(); run++ {
				if err := sampler.Sample(run, &x); err != nil {
					b.Fatal(err)
				}
			}
			perAgentStep(b, s)
		})
	}
}
