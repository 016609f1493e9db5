package sensitivity

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/rng"
)

func indices(t *testing.T, f Function, o SobolOptions) *SobolIndices {
	t.Helper()
	r, err := Sobol(context.Background(), f, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %v, want %v ± %v", what, got, want, within)
	}
}

func TestSobolExact(t *testing.T) {
	for _, f := range []*TestFunction{Ishigami(7, .1), SobolG(0, 1, 4.5, 9, 99, 99, 99, 99)} {
		r := indices(t, f, SobolOptions{Options: Options{Points: 1 << 14, Seed: 1, Workers: 2}, SecondOrder: true})
		near(t, f.Name+" mean", r.Mean[0], f.Mean, .01)
		near(t, f.Name+" variance", r.Variance[0].Value/f.Variance, 1, .01)
		for i, name := range r.Factors {
			near(t, f.Name+" first "+name, r.First[i][0].Value, f.First[i], .01)
			near(t, f.Name+" total "+name, r.Total[i][0].Value, f.Total[i], .01)
			for j := i + 1; j < len(r.Factors); j++ {
				near(t, f.Name+" second "+name+r.Factors[j], r.Second[i][j][0].Value, f.Second[i][j], .015)
			}
		}
		if len(r.Warnings) > 0 {
			t.Error(r.Warnings)
		}
		if p := float64(len(r.Factors)); r.Cost.Runs != 1+(1<<14)*(2*p+2) {
			t.Errorf("%v runs", r.Cost.Runs)
		}
	}
}

// Of 200 seeds, the 95 % intervals cover the truth in 90 to 99 %, binomial noise
// of two standard errors (3 %) left aside.
func TestSobolIntervalsCover(t *testing.T) {
	const repeats = 200
	for _, f := range []*TestFunction{Ishigami(7, .1), SobolG(0, 1, 4.5, 9)} {
		first, total := make([]int, len(f.First)), make([]int, len(f.First))
		for seed := range repeats {
			r := indices(t, f, SobolOptions{Options: Options{Points: 256, Seed: uint64(seed), Resamples: 200}})
			for i := range first {
				count(&first[i], r.First[i][0], f.First[i])
				count(&total[i], r.Total[i][0], f.Total[i])
			}
		}
		for i, n := range append(first, total...) {
			if share := float64(n) / repeats; share < .90 || share > .99 {
				t.Errorf("%s, interval %d covers the truth in %v", f.Name, i, share)
			}
		}
	}
}

func count(n *int, x Index, truth float64) {
	if x.Low <= truth && truth <= x.High {
		*n++
	}
}

// noisy is 3·x + 4·y + 5·choice + noise·luck, and beside it a constant and luck
// alone.
type noisy struct {
	space Space
	noise float64
	bad   float64 // share of runs that are not finite
}

func newNoisy(noise float64) noisy {
	return noisy{space: Space{Uniform("x", 0, 1), Integer("y", 1, 3), Choice("z", "no", "yes")}, noise: noise}
}

func (f noisy) Space() Space            { return f.space }
func (f noisy) Outputs() int            { return 3 }
func (f noisy) Output(k int) string     { return []string{"outcome", "constant", "luck"}[k] }
func (f noisy) Random() bool            { return true }
func (f noisy) Worker() (Worker, error) { return f, nil }
func (f noisy) Close()                  {}

func (f noisy) Evaluate(y, x []float64, run uint64) error {
	luck := rng.Seed{Master: 5, Run: run}.Stream(rng.Key{})
	y[0] = 3*x[0] + 4*x[1] + 5*x[2] + f.noise*luck.Normal()
	y[1], y[2] = 8, luck.Normal()
	if luck.Uniform() < f.bad {
		y[0] = math.NaN()
	}
	return nil
}

// The variances of the parts of noisy.
var parts = []float64{9. / 12, 16 * 2. / 3, 25. / 4}

// Indices are those of the mean over luck, luck's share that of a single run,
// and they do not depend on the number of workers.
func TestSobolSeparatesLuck(t *testing.T) {
	variance := parts[0] + parts[1] + parts[2]
	f := newNoisy(3)
	o := SobolOptions{Options: Options{Points: 4096, Seed: 2, Workers: 2}}
	r := indices(t, f, o)
	for i, v := range parts {
		near(t, "first "+r.Factors[i], r.First[i][0].Value, v/variance, .03)
		near(t, "total "+r.Factors[i], r.Total[i][0].Value, v/variance, .03)
	}
	near(t, "luck", r.Luck[0].Value, 9/(9+variance), .01)
	near(t, "variance", r.Variance[0].Value, variance, .5)
	o.Workers = 1
	if d := cmp.Diff(r.First[0][0], indices(t, f, o).First[0][0]); d != "" {
		t.Error(d)
	}
}

// A constant and an output that only luck moves have no indices but a warning.
func TestSobolWarns(t *testing.T) {
	f := newNoisy(1)
	f.bad = .01
	r := indices(t, f, SobolOptions{Options: Options{Points: 512}})
	for _, k := range []int{1, 2} {
		if !math.IsNaN(r.First[0][k].Value) || !math.IsNaN(r.Total[2][k].Value) {
			t.Errorf("output %d: %v", k, r.First[0][k])
		}
	}
	said := strings.Join(r.Warnings, "\n")
	if !strings.Contains(said, "do not move constant, luck beyond luck") || !strings.Contains(said, "left out since some output was not finite") {
		t.Error(said)
	}
	if r.Left == 0 || r.Left > 200 || math.IsNaN(r.First[1][0].Value) {
		t.Errorf("%d left out, index %v", r.Left, r.First[1][0])
	}
}

// A group has the index of its members together.
func TestSobolGroups(t *testing.T) {
	f := Ishigami(7, .1)
	g := *f
	var err error
	if g.Inputs, err = f.Inputs.Grouped("both", []string{"x1", "x2"}); err != nil {
		t.Fatal(err)
	}
	r := indices(t, &g, SobolOptions{Options: Options{Points: 1 << 12}})
	if d := cmp.Diff([]string{"both", "x3"}, r.Factors); d != "" {
		t.Fatal(d)
	}
	near(t, "group", r.First[0][0].Value, f.First[0]+f.First[1], .04)
	near(t, "rest", r.Total[1][0].Value, f.Total[2], .02)
}

func TestSobolStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := SobolOptions{Options: Options{Points: 1 << 20, Told: func(done, _ int) { cancel() }}}
	if _, err := Sobol(ctx, Ishigami(7, .1), o); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func BenchmarkSobol(b *testing.B) {
	for b.Loop() {
		Sobol(context.Background(), SobolG(0, 1, 4.5, 9, 99, 99, 99, 99), SobolOptions{Options: Options{Points: 1024}})
	}
}
