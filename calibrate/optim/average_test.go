package optim

import (
	"math"
	"testing"
)

// The first iterate replaces the start, the second enters with weight 9/10,
// the third with 9/11.
func TestAverageByHand(t *testing.T) {
	a := Average{}
	s := a.Init(1)
	want := []float64{5, 5 + 0.9*(1-5), 0}
	want[2] = want[1] + 9./11*(7-want[1])
	for i, x := range []float64{5, 1, 7} {
		a.Update([]float64{x}, &s)
		if !near(s.Mean[0], want[i]) || s.T != i+1 {
			t.Errorf("after %d iterates %+v, want mean %v", i+1, s, want[i])
		}
	}
}

// Of the iterates 1, 2, … n the average with η tends to n·(η+1)/(η+2).
func TestAverageOfARamp(t *testing.T) {
	for _, eta := range []float64{1, 8, 30} {
		a := Average{Eta: eta}
		s := a.Init(1)
		const n = 100_000
		for i := range n {
			a.Update([]float64{float64(i + 1)}, &s)
		}
		if want := (eta + 1) / (eta + 2); math.Abs(s.Mean[0]/n-want) > 1e-4 {
			t.Errorf("η %v: mean at %v of the ramp, want %v", eta, s.Mean[0]/n, want)
		}
	}
}

func TestAverageDoesNotAllocate(t *testing.T) {
	a := Average{}
	params, s := make([]float64, 50), a.Init(50)
	if n := testing.AllocsPerRun(10, func() { a.Update(params, &s) }); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

func TestAverageMisuse(t *testing.T) {
	a := Average{}
	s := a.Init(2)
	checkPanic(t, "mean has length 2, want 1", func() { a.Update([]float64{1}, &s) })
}
