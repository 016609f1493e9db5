package sir_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// sparse is the setting of the figures on sparse networks, with the default
// policies on.
var sparse = []string{
	"mean_degree=5", "transmission=0.6", "recovery=0.05", "initial=0.01", "steps=61", "gate=fractional",
}

// BenchmarkFlip times the flip gradient of all nine parameters with a flip for
// every ten agents beside plain runs in between: its cost in plain runs, and time
// and agent-steps a flip.
func BenchmarkFlip(b *testing.B) {
	for _, side := range []gradient.Side{gradient.LeftSide, gradient.BothSides} {
		name := []string{"both", "right", "left"}[side]
		for _, n := range sizes {
			b.Run(fmt.Sprintf("%s/N=%d", name, n), func(b *testing.B) { benchmarkFlip(b, n, n/10, side, "network=erdos-renyi") })
		}
		for _, n := range sizes[:2] {
			b.Run(fmt.Sprintf("%s/complete/N=%d", name, n), func(b *testing.B) { benchmarkFlip(b, n, 100, side, "network=complete") })
		}
	}
}

func benchmarkFlip(b *testing.B, n, flips int, side gradient.Side, network string) {
	s := setup(b, append(sparse, network, fmt.Sprintf("agents=%d", n))...)
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		b.Fatal(err)
	}
	sampler, err := gradient.Flip{Flips: flips, Side: side}.Sampler(p)
	if err != nil {
		b.Fatal(err)
	}
	defer sampler.Close()
	w := abm.NewWorld(s, nil, nil)
	var x gradient.Sample
	var plain, flipped []float64
	steps, run := 0.0, uint64(0)
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
		flipped = append(flipped, time.Since(between).Seconds())
		steps += (x.Runs - 1) * float64(n*60)
		run++
	}
	slices.Sort(plain)
	slices.Sort(flipped)
	took := flipped[len(flipped)/2]
	b.ReportMetric(took/plain[len(plain)/2], "plain-runs")
	b.ReportMetric(took/float64(flips)*1e6, "µs/flip")
	b.ReportMetric(steps/float64(run)/float64(flips), "agent-steps/flip")
}
