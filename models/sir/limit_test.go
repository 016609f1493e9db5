package sir_test

import (
	"context"
	"flag"
	"fmt"
	"math"
	"testing"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/sir"
)

var long = flag.Bool("long", false, "run the tests that take minutes at full size")

const (
	limitDT   = 0.05
	limitTime = 20 // 400 steps
	perUnit   = 20 // steps a unit of time
)

// In the limit of many agents and short steps the mean straight-through Jacobian
// is that of the differential equations: within 3 % of the largest derivative,
// at every time, for the infected and for the new infections in a unit of time.
// A step of 0.05 alone costs up to 2 % here (the model's steps are Euler's), so
// the rest is for noise: with -long there are 10⁵ agents and hardly any; without,
// the tolerance grows by four standard errors.
func TestODELimit(t *testing.T) {
	agents, runs, allowance := 10_000, 6, 4.0
	if *long {
		agents, runs, allowance = 100_000, 12, 0
	}
	s := setup(t, "network=complete", fmt.Sprintf("agents=%d", agents), fmt.Sprintf("steps=%d", limitTime*perUnit+1),
		fmt.Sprintf("dt=%g", limitDT), "quarantine_compliance=0", "distancing_factor=1",
		"transmission=0.4", "recovery=0.1", "initial=0.05")
	p, err := gradient.NewProblem(s, 5, "transmission", "recovery", "initial")
	if err != nil {
		t.Fatal(err)
	}
	p.Observables = []int{2, 3}
	var samples [][]float64 // by run: derivatives of S and of I at whole times
	_, err = gradient.Collect(context.Background(), p, gradient.StraightThrough{}, gradient.Sampling{
		Samples: runs, Workers: 2,
		Each: func(_ int, x *gradient.Sample) { samples = append(samples, atWholeTimes(x.Jacobian)) },
	})
	if err != nil {
		t.Fatal(err)
	}
	compareWithLimit(t, samples, allowance)
}

// atWholeTimes returns, for each parameter, the derivatives of the new infections
// in each unit of time and then those of the infected at its end.
func atWholeTimes(jacobian []float64) []float64 {
	var out []float64
	at := func(unit, observable, k int) float64 { return jacobian[(unit*perUnit*5+observable)*3+k] }
	for k := range 3 {
		for u := range limitTime {
			out = append(out, at(u, 2, k)-at(u+1, 2, k))
		}
		for u := range limitTime {
			out = append(out, at(u+1, 3, k))
		}
	}
	return out
}

func compareWithLimit(t *testing.T, samples [][]float64, allowance float64) {
	times := make([]float64, limitTime+1)
	for u := range times {
		times[u] = float64(u)
	}
	limit := sir.Limit{Transmission: 0.4, Recovery: 0.1, Initial: 0.05}.At(times)
	var want []float64
	for k := range 3 {
		for u := range limitTime {
			want = append(want, limit[u].DSusceptible[k]-limit[u+1].DSusceptible[k])
		}
		for u := range limitTime {
			want = append(want, limit[u+1].DInfected[k])
		}
	}
	for block := 0; block < len(want); block += limitTime {
		name := fmt.Sprintf("d %s / d %s", []string{"new infections", "infected"}[block/limitTime%2],
			sir.Model.Parameters[block/limitTime/2].Name)
		peak, worst := 0.0, 0.0
		for _, v := range want[block : block+limitTime] {
			peak = max(peak, math.Abs(v))
		}
		for e := block; e < block+limitTime; e++ {
			mean, se := meanAndError(samples, e)
			worst = max(worst, math.Abs(mean-want[e])/peak)
			if d := math.Abs(mean - want[e]); !(d < 0.03*peak+allowance*se) {
				t.Errorf("%s at %d: %.4g ± %.2g, want %.4g (peak %.4g)", name, e-block+1, mean, se, want[e], peak)
			}
		}
		t.Logf("%s: off by at most %.1f %% of the peak", name, 100*worst)
	}
}

// meanAndError returns the mean of entry e over samples and its standard error.
func meanAndError(samples [][]float64, e int) (mean, se float64) {
	n := float64(len(samples))
	for _, x := range samples {
		mean += x[e] / n
	}
	for _, x := range samples {
		se += (x[e] - mean) * (x[e] - mean)
	}
	return mean, math.Sqrt(se / (n * (n - 1)))
}
