package gradient_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// BenchmarkCavity times the Jacobian in all nine parameters on a sparse network
// beside plain runs in between and reports the ratio.
func BenchmarkCavity(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) { benchmarkCavity(b, n) })
	}
}

func benchmarkCavity(b *testing.B, n int) {
	s := contactEpidemic(b, fmt.Sprintf("agents=%d", n))
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		b.Fatal(err)
	}
	p.Observables = []int{0}
	sampler, err := gradient.Cavity{}.Sampler(p)
	if err != nil {
		b.Fatal(err)
	}
	defer sampler.Close()
	w := abm.NewWorld(s, nil, nil)
	var x gradient.Sample
	var plain, passes []float64
	run := uint64(0)
	for b.Loop() {
		began := time.Now()
		if err := w.Run(p.Theta, p.Luck(run)); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		if err := sampler.Sample(run, &x); err != nil {
			b.Fatal(err)
		}
		plain = append(plain, between.Sub(began).Seconds())
		passes = append(passes, time.Since(between).Seconds())
		run++
	}
	slices.Sort(plain)
	slices.Sort(passes)
	b.ReportMetric(passes[len(passes)/2]/plain[len(plain)/2], "plain-runs")
}
