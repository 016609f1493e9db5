package sir_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// BenchmarkLossGradient times the gradient of a scalar loss in all nine
// parameters beside plain runs in between, and reports the ratio of the medians.
func BenchmarkLossGradient(b *testing.B) {
	for _, n := range sizes {
		s := setup(b, append(comparison, fmt.Sprintf("agents=%d", n))...)
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			p, err := gradient.NewProblem(s, 1)
			if err != nil {
				b.Fatal(err)
			}
			p.Observables = []int{0}
			sampler, err := gradient.Loss{Objective: square, Estimator: gradient.StraightThrough{}}.Sampler(p)
			if err != nil {
				b.Fatal(err)
			}
			defer sampler.Close()
			w := abm.NewWorld(s, nil, nil)
			var x gradient.Sample
			var plain, sweep []time.Duration
			run := uint64(0)
			for b.Loop() {
				began := time.Now()
				if err := w.Run(p.Theta, rng.Seed{Run: run}); err != nil {
					b.Fatal(err)
				}
				between := time.Now()
				if err := sampler.Sample(run, &x); err != nil {
					b.Fatal(err)
				}
				plain, sweep = append(plain, between.Sub(began)), append(sweep, time.Since(between))
				run++
			}
			slices.Sort(plain)
			slices.Sort(sweep)
			b.ReportMetric(float64(sweep[len(sweep)/2])/float64(plain[len(plain)/2]), "plain-runs")
			b.ReportMetric(float64(sweep[0])/float64(plain[0]), "plain-runs-min")
			b.ReportMetric(float64(plain[0])/float64(60*n), "ns/plain-agent-step")
		})
	}
}
