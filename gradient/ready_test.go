package gradient_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/gradient"
)

// Tuning one parameter a worker must choose the steps that tuning in one go does.
func TestReadyTunesAsTuneDoes(t *testing.T) {
	p := asked(t, coins)
	f := gradient.FiniteDifference{Pilot: 6}
	want, err := f.Tune(p)
	if err != nil {
		t.Fatal(err)
	}
	var heard []int
	e, err := gradient.Ready(context.Background(), p, f, 2, func(done, total int) { heard = append(heard, done, total) })
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, e.(gradient.FiniteDifference).Steps); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]int{0, 2, 1, 2, 2, 2}, heard); d != "" {
		t.Error(d)
	}
}

func TestReadyKeepsStepsGiven(t *testing.T) {
	p := asked(t, coins, "q")
	e, err := gradient.Ready(context.Background(), p, gradient.FiniteDifference{RelativeStep: 0.1}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := e.(gradient.FiniteDifference).Steps; len(s) != 1 || s[0].H != 0.1*0.6 {
		t.Errorf("steps %+v, want a tenth of q", s)
	}
	if e, err := gradient.Ready(context.Background(), p, gradient.StraightThrough{}, 1, nil); err != nil || e != (gradient.StraightThrough{}) {
		t.Errorf("straight-through became %v, %v", e, err)
	}
}
