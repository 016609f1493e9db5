package sir_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/rng"
)

// square is half the squared distance of the series from a ripple.
func square(series, adjoint []float64) float64 {
	sum := 0.0
	for i, v := range series {
		d := v - 0.1*math.Sin(float64(i))
		sum += d * d / 2
		if adjoint != nil {
			adjoint[i] = d
		}
	}
	return sum
}

// The gradient of a loss in all nine parameters by one sweep back is that by
// tangents, for every surrogate, network and gate, whether the run is recorded
// whole or from checkpoints.
func TestLossByAdjoints(t *testing.T) {
	surrogates := []gradient.Estimator{
		gradient.StraightThrough{},
		gradient.GumbelSoftmax{}, gradient.GumbelSoftmax{Temperature: 0.5},
		gradient.Smoothed{}, gradient.Smoothed{Side: gradient.SmoothRight},
		gradient.Smoothed{Side: gradient.SmoothLeft}, gradient.Smoothed{Side: gradient.SmoothWeighted},
	}
	for _, assignments := range worlds {
		for _, gate := range []string{"gate=hard", "gate=fractional"} {
			s := worldSetup(t, assignments, gate)
			for _, e := range surrogates {
				compareLoss(t, fmt.Sprint(assignments, gate, e), s, e)
			}
		}
	}
}

func compareLoss(t *testing.T, name string, s *abm.Setup, e gradient.Estimator) {
	t.Helper()
	p, err := gradient.NewProblem(s, 3)
	if err != nil {
		t.Fatal(err)
	}
	tangents := sampler(t, p, e)
	var forth, back gradient.Sample
	if err := tangents.Sample(1, &forth); err != nil {
		t.Fatal(err)
	}
	adjoint := make([]float64, len(forth.Series))
	loss := square(forth.Series, adjoint)
	for _, tape := range []int{0, 1} {
		adjoints := sampler(t, p, gradient.Loss{Objective: square, Estimator: e, Tape: tape})
		if err := adjoints.Sample(1, &back); err != nil {
			t.Fatal(err)
		}
		if back.Series[0] != loss {
			t.Errorf("%s: loss %v, want %v", name, back.Series[0], loss)
		}
		for k, got := range back.Jacobian {
			want := 0.0
			for i, g := range adjoint {
				want += g * forth.Jacobian[i*9+k]
			}
			if !(math.Abs(got-want) <= 1e-12*math.Abs(want)) {
				t.Errorf("%s, parameter %d: %v by adjoints, %v by tangents", name, k, got, want)
			}
		}
	}
}

func sampler(t *testing.T, p *gradient.Problem, e gradient.Estimator) gradient.Sampler {
	t.Helper()
	s, err := e.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// What is not recorded has no part in the gradient, whatever its adjoint.
func TestAdjointsOfWhatIsNotRecorded(t *testing.T) {
	for _, assignments := range worlds {
		p, err := gradient.NewProblem(worldSetup(t, assignments), 3)
		if err != nil {
			t.Fatal(err)
		}
		p.Observables, p.Rows = []int{1, 3}, []int{0, 2, 4}
		var want gradient.Sample
		for _, tape := range []int{1, 0} { // by a tape and without
			var got gradient.Sample
			if err := sampler(t, p, gradient.Loss{Objective: square, Estimator: gradient.Smoothed{}, Tape: tape}).Sample(1, &got); err != nil {
				t.Fatal(err)
			}
			for k, g := range want.Jacobian {
				if !(math.Abs(got.Jacobian[k]-g) <= 1e-12*math.Abs(g)) {
					t.Errorf("%v, parameter %d: %v without a tape, %v with", assignments, k, got.Jacobian[k], g)
				}
			}
			want = got
		}
	}
}

// through gives a draw the derivatives of its probability.
type through struct{}

func (through) Bernoulli(_ *abm.World, _ abm.Site, p ad.Num, x float64) ad.Num {
	return ad.Const(x).Surrogate(p)
}
func (through) Categorical(*abm.World, abm.Site, []ad.Num, []ad.Num)        {}
func (through) Count(_ *abm.World, _ abm.Site, _ abm.Law, x float64) ad.Num { return ad.Const(x) }

// All that a step goes on from is in columns, so that no run need be recorded
// whole.
func TestStateIsInColumns(t *testing.T) {
	for _, assignments := range worlds {
		s := worldSetup(t, assignments)
		r := abm.NewReverse(s, []int{0, 1, 2, 5}, through{})
		defer r.Close()
		r.Tape = 1
		if err := r.Run(s.Theta(), rng.Seed{Master: 2}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Gradient(nil, make([]float64, len(r.Series(nil)))); err != nil {
			t.Fatal(err)
		}
		if r.Tape != 1 {
			t.Errorf("%v: steps do not come out the same when they are made again", assignments)
		}
	}
}

// BenchmarkLossGradient times the gradient of a loss in all nine parameters beside
// plain runs in between and reports the ratio: recorded whole, with the usual
// tape, and from checkpoints only.
func BenchmarkLossGradient(b *testing.B) {
	for _, n := range sizes {
		s := setup(b, append(comparison, fmt.Sprintf("agents=%d", n))...)
		for _, tape := range []int{math.MaxInt, 0, 1} {
			name := map[int]string{math.MaxInt: "whole", 0: "usual", 1: "checkpoints"}[tape]
			b.Run(fmt.Sprintf("N=%d/%s", n, name), func(b *testing.B) { benchmarkLoss(b, s, tape) })
		}
	}
}

func benchmarkLoss(b *testing.B, s *abm.Setup, tape int) {
	p, err := gradient.NewProblem(s, 1)
	if err != nil {
		b.Fatal(err)
	}
	p.Observables = []int{0}
	sweep, err := gradient.Loss{Objective: square, Estimator: gradient.StraightThrough{}, Tape: tape}.Sampler(p)
	if err != nil {
		b.Fatal(err)
	}
	defer sweep.Close()
	w := abm.NewWorld(s, nil, nil)
	var x gradient.Sample
	var plain, swept []float64
	run := uint64(0)
	for b.Loop() {
		began := time.Now()
		if err := w.Run(p.Theta, p.Luck(run)); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		if err := sweep.Sample(run, &x); err != nil {
			b.Fatal(err)
		}
		plain = append(plain, between.Sub(began).Seconds())
		swept = append(swept, time.Since(between).Seconds())
		run++
	}
	slices.Sort(plain)
	slices.Sort(swept)
	b.ReportMetric(swept[len(swept)/2]/plain[len(plain)/2], "plain-runs")
	b.ReportMetric(swept[0]/plain[0], "plain-runs-at-best")
}
