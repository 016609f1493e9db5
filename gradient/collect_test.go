package gradient_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"github.com/nudge-abm/nudge/gradient"
)

// fake estimates a Jacobian of two entries that depend on the run alone; those
// of runs in broken are not finite, and run fails has an error.
type fake struct {
	broken map[uint64]float64
	fails  uint64
	seen   *int // samplers made less those closed
}

var errFake = errors.New("fake")

func (fake) Name() string { return "fake" }

func (f fake) Sampler(*gradient.Problem) (gradient.Sampler, error) {
	if f.seen != nil {
		*f.seen++
	}
	return f, nil
}

func (f fake) Sample(run uint64, dst *gradient.Sample) error {
	if f.fails != 0 && run == f.fails {
		return errFake
	}
	x := float64(run)
	dst.Series = []float64{x}
	dst.Jacobian = []float64{math.Sin(x), x * x}
	if v, ok := f.broken[run]; ok {
		dst.Jacobian[1] = v
	}
	dst.Runs = 1 + x
	return nil
}

func (f fake) Close() {
	if f.seen != nil {
		*f.seen--
	}
}

func collect(t *testing.T, e gradient.Estimator, how gradient.Sampling) *gradient.Moments {
	t.Helper()
	m, err := gradient.Collect(context.Background(), problem(t, walk, 0.4), e, how)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMoments(t *testing.T) {
	var order []int
	m := collect(t, fake{}, gradient.Sampling{Samples: 50, First: 7, Workers: 3, Each: func(i int, x *gradient.Sample) {
		if x.Series[0] != float64(i+7) {
			t.Errorf("sample %d is of run %v", i, x.Series[0])
		}
		order = append(order, i)
	}})
	var runs, sines, squares []float64
	for k := range 50 {
		x := float64(k + 7)
		runs, sines, squares = append(runs, x), append(sines, math.Sin(x)), append(squares, x*x)
	}
	for i, want := range [][]float64{sines, squares} {
		mean, sd := stat.MeanStdDev(want, nil)
		if math.Abs(m.Mean[i]-mean) > 1e-12*(1+mean) || math.Abs(m.SD(i)-sd) > 1e-12*sd || math.Abs(m.SE(i)-sd/math.Sqrt(50)) > 1e-12*sd {
			t.Errorf("entry %d: %v ± %v (%v), want %v ± %v", i, m.Mean[i], m.SD(i), m.SE(i), mean, sd)
		}
	}
	if mean := stat.Mean(runs, nil); math.Abs(m.Series[0]-mean) > 1e-12*mean || math.Abs(m.Runs-mean-1) > 1e-12*mean || m.N != 50 {
		t.Errorf("series %v, %v runs, %d samples", m.Series, m.Runs, m.N)
	}
	if len(order) != 50 || !slices.IsSorted(order) {
		t.Errorf("samples came in order %v", order)
	}
}

// The number of workers changes nothing, to the bit; fewer than one is one.
func TestCollectOnAnyWorkers(t *testing.T) {
	for _, e := range []gradient.Estimator{fake{}, gradient.StraightThrough{}, gradient.FiniteDifference{RelativeStep: 0.1}} {
		one := collect(t, e, gradient.Sampling{Samples: 23, Workers: 1, Series: true})
		for _, workers := range []int{-1, 0, 2, 5, 40} {
			m := collect(t, e, gradient.Sampling{Samples: 23, Workers: workers, Series: true})
			if !slices.Equal(m.Mean, one.Mean) || !slices.Equal(m.Series, one.Series) || m.SD(1) != one.SD(1) || m.Runs != one.Runs {
				t.Errorf("%s on %d workers gives another result", e.Name(), workers)
			}
		}
	}
}

// Samples that are not finite are counted and left out.
func TestNonFinite(t *testing.T) {
	broken := map[uint64]float64{0: math.NaN(), 3: math.Inf(1), 4: math.Inf(-1)}
	m := collect(t, fake{broken: broken}, gradient.Sampling{Samples: 6, Workers: 2})
	if m.N != 3 || m.NonFinite != 3 || math.Abs(m.Mean[1]-(1+4+25)/3.0) > 1e-12 {
		t.Errorf("%d samples, %d not finite, mean %v", m.N, m.NonFinite, m.Mean)
	}
	if m := collect(t, fake{broken: broken}, gradient.Sampling{Samples: 1, Workers: 1}); m.N != 0 || m.NonFinite != 1 || m.Mean != nil {
		t.Errorf("%+v", m)
	}
	if m := collect(t, fake{}, gradient.Sampling{Samples: 1, Workers: 1}); !math.IsNaN(m.SD(0)) {
		t.Errorf("standard deviation of one sample is %v", m.SD(0))
	}
}

// An error, or the context's end, stops the work, and all samplers are closed.
func TestCollectStops(t *testing.T) {
	open := 0
	e := fake{fails: 9, seen: &open}
	_, err := gradient.Collect(context.Background(), problem(t, walk, 0.4), e, gradient.Sampling{Samples: 100000, Workers: 3})
	if !errors.Is(err, errFake) || open != 0 {
		t.Errorf("error %v, %d samplers open", err, open)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = gradient.Collect(ctx, problem(t, walk, 0.4), fake{seen: &open}, gradient.Sampling{Samples: 1 << 40, Workers: 3,
		Each: func(i int, _ *gradient.Sample) {
			if i == 20 {
				cancel()
			}
		}})
	if !errors.Is(err, context.Canceled) || open != 0 {
		t.Errorf("error %v, %d samplers open", err, open)
	}
}

// Samplers that cannot be made are an error before anything runs.
func TestCollectWithoutSampler(t *testing.T) {
	_, err := gradient.Collect(context.Background(), problem(t, walk, 0.4), step(0.9), gradient.Sampling{Samples: 3, Workers: 2})
	if err == nil || fmt.Sprint(err) != "a finite-difference step of 0.9 does not fit into what up may be; choose a smaller one" {
		t.Errorf("got %v", err)
	}
}
