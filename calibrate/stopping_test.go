package calibrate_test

import (
	"testing"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

// A fit that has settled stops early, restored or not, and is as good; without
// patience it makes all steps.
func TestStoppingWhenSettled(t *testing.T) {
	p := calibrate.Problem{Prior: joint(t, []string{"a", "b"}, density(t)(prior.NewNormal(0, 1))), Target: calibrate.LogLikelihood(line), Weight: 1}
	o := calibrate.Options{Flow: flow.Options{Kind: flow.FullRank}, Steps: 1000, LearningRate: 0.03, KLDraws: 16, Validations: 40, ValidationDraws: 32, Warmup: 1, Seed: 1, Workers: 1}
	all := fit(t, p, o).State()
	o.Patience = 4
	some := fit(t, p, o).State()
	if all.Step != 1001 || some.Step > 800 || some.Best.Objective > all.Best.Objective+0.05 {
		t.Errorf("%d steps to %.3f nats, with patience %d to %.3f", all.Step, all.Best.Objective, some.Step, some.Best.Objective)
	}
	again, err := calibrate.NewTrainer(p, o)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Restore(some); err != nil {
		t.Fatal(err)
	}
	if err := again.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if got := again.State().Step; got != some.Step {
		t.Errorf("restored, it went on to step %d", got)
	}
}
