package study

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
)

// small returns a study that is fitted in no time.
func small(t *testing.T, workers int) (*Study, *Calibration) {
	t.Helper()
	s := load(t, "settings: {agents: 763, network: complete, dt: 1/24", "settings: {agents: 50, network: complete, dt: 1/2")
	c, err := s.Build(t.Context(), workers)
	if err != nil {
		t.Fatal(err)
	}
	c.Options = calibrate.Options{Steps: 3, Draws: 2, KLDraws: 8, Warmup: 2, Validations: 1, ValidationDraws: 2, Seed: 1, Workers: workers}
	return s, c
}

// The result depends neither on the number of workers nor on where an earlier
// run was interrupted.
func TestRecoveryIsTheSame(t *testing.T) {
	var all []RecoverySummary
	for _, workers := range []int{1, 3} {
		s, c := small(t, workers)
		done := 0
		r, err := c.Recover(t.Context(), s, 4, nil, RecoveryHooks{Progress: func(now, total int) { done = now }})
		if err != nil {
			t.Fatal(err)
		}
		if done != 4 || len(r.Fits)+r.Failed != 4 {
			t.Errorf("told of %d fits, %d came to an end", done, len(r.Fits))
		}
		all = append(all, r.Summary())
	}
	s, c := small(t, 2)
	ctx, cancel := context.WithCancel(t.Context())
	var saved RecoveryState
	_, err := c.Recover(ctx, s, 4, nil, RecoveryHooks{Save: func(x RecoveryState) error {
		if saved = x; len(x.Fits) == 2 {
			cancel()
		}
		return nil
	}})
	if !errors.Is(err, context.Canceled) || len(saved.Fits) < 2 {
		t.Fatalf("%v after %d fits", err, len(saved.Fits))
	}
	r, err := c.Recover(t.Context(), s, 4, &saved, RecoveryHooks{})
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, r.Summary())
	if diff := cmp.Diff(all[0], all[1]); diff != "" {
		t.Errorf("one worker and three: %s", diff)
	}
	if diff := cmp.Diff(all[0], all[2]); diff != "" {
		t.Errorf("resumed: %s", diff)
	}
}

func TestCoverageOfRanks(t *testing.T) {
	ranks := []int{0, 24, 25, 74, 75, 99, 50, 50, 4, 5}
	if half, most := covered(ranks, 0.5, central), covered(ranks, 0.9, central); half != 0.4 || most != 0.7 {
		t.Errorf("central half holds %g, 90 %% hold %g", half, most)
	}
	if half := covered(ranks, 0.5, lowest); half != 0.5 {
		t.Errorf("the lower half holds %g", half)
	}
}
