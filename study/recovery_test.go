package study

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
)

func TestRecoveryIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	s := load(t, "settings: {agents: 763, network: complete, dt: 1/24", "settings: {agents: 50, network: complete, dt: 1/2")
	var all []RecoverySummary
	for _, workers := range []int{1, 3} {
		c, err := s.Build(t.Context(), workers)
		if err != nil {
			t.Fatal(err)
		}
		c.Options = calibrate.Options{Steps: 3, Draws: 2, KLDraws: 8, Warmup: 2, Validations: 1, ValidationDraws: 2, Seed: 1, Workers: workers}
		done := 0
		r, err := c.Recover(t.Context(), s, 4, func(now, total int) { done = now })
		if err != nil {
			t.Fatal(err)
		}
		if done != 4 || len(r.Truth)+r.Failed != 4 {
			t.Errorf("told of %d fits, %d came to an end", done, len(r.Truth))
		}
		all = append(all, r.Summary(s, c))
	}
	if diff := cmp.Diff(all[0], all[1]); diff != "" {
		t.Error(diff)
	}
}

func TestCoverageOfRanks(t *testing.T) {
	r := &Recovery{Ranks: [][]int{{0, 24, 25, 74, 75, 99, 50, 50, 4, 5}}}
	if half, most := r.covered(0, 0.5), r.covered(0, 0.9); half != 0.4 || most != 0.7 {
		t.Errorf("central half holds %g, 90 %% hold %g", half, most)
	}
}
