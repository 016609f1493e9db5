package calibrate_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A fit is the same by any number of workers, some of whom share the replicates of
// the last draw of a step.
func TestSharedReplicates(t *testing.T) {
	p := joint(t, []string{"transmission", "recovery", "overdispersion"}, density(t)(prior.NewLogNormal(math.Log(0.3), 0.5)))
	var flows []flow.State
	for _, workers := range []int{1, 2, 4} {
		_, state, err := calibrate.Fit(t.Context(), calibrate.Problem{Prior: p, Target: outbreak(t, loss.Marginal, 4, 2), Weight: 1}, calibrate.Options{
			Flow: flow.Options{Layers: 1, Hidden: 4, Blocks: 1}, Steps: 8, Warmup: 2, Draws: 5, KLDraws: 8, Validations: 1, ValidationDraws: 4, Seed: 3, Workers: workers,
		})
		if err != nil {
			t.Fatal(err)
		}
		flows = append(flows, state.Main().Flow)
	}
	for _, f := range flows[1:] {
		if diff := cmp.Diff(flows[0], f); diff != "" {
			t.Error("different flows by different numbers of workers")
		}
	}
}
