package sir_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/abm/network"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
	"github.com/nudge-abm/nudge/rng"
)

// comparison is the setting of the published comparisons with other tools:
// Erdős–Rényi, mean degree 20, 60 steps, policies on.
var comparison = []string{
	"transmission=0.6", "recovery=0.1", "initial=0.02",
	"quarantine_start=25", "quarantine_end=40", "quarantine_compliance=0.5",
	"distancing_start=10", "distancing_end=50", "distancing_factor=0.6",
	"network=erdos-renyi", "mean_degree=20", "steps=61",
	"quarantined_contacts=lost",
}

func setup(tb testing.TB, assignments ...string) *abm.Setup {
	tb.Helper()
	s := abm.NewSetup(sir.Model)
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

var sizes = []int{1_000, 10_000, 100_000}

func BenchmarkPlain(b *testing.B) {
	for _, n := range sizes {
		s := setup(b, append(comparison, fmt.Sprintf("agents=%d", n))...)
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
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(60*n), "ns/agent-step")
			b.ReportMetric(float64(allocated(func() { w.Run(theta, rng.Seed{}) }))/float64(n), "B/agent")
		})
	}
}

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func BenchmarkJacobian(b *testing.B) {
	for _, n := range sizes {
		s := setup(b, append(comparison, fmt.Sprintf("agents=%d", n))...)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			p, err := gradient.NewProblem(s, 1)
			if err != nil {
				b.Fatal(err)
			}
			p.Observables = []int{0}
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
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(60*n), "ns/agent-step")
			b.ReportMetric(float64(allocated(func() {
				fresh, _ := gradient.StraightThrough{}.Sampler(p)
				defer fresh.Close()
				fresh.Sample(0, new(gradient.Sample))
			}))/float64(n), "B/agent")
		})
	}
}

// BenchmarkNetwork reports what the network itself takes.
func BenchmarkNetwork(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			var g *network.Network
			for b.Loop() {
				var err error
				if g, err = network.ErdosRenyi(n, 20, 1); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(g.Bytes())/float64(n), "B/agent")
		})
	}
}
