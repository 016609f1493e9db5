package sir

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/rng"
)

// A compliance draw can be forced although nobody complies: the derivative by
// quarantine_compliance at 0 is not 0. Both forms of the model know.
func TestForcedCompliance(t *testing.T) {
	s := abm.NewSetup(Model)
	for _, set := range []string{"agents=60", "steps=8", "initial=0.2", "mean_degree=4", "transmission=2", "quarantine_start=0", "quarantine_end=6", "quarantine_compliance=0"} {
		if err := s.Assign(set); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	local, full := firstMoved(t, s, (*abm.World).Run), firstMoved(t, s, (*abm.World).RunFull)
	if local == nil || full == nil {
		t.Fatal("no forced draw makes a difference")
	}
	if d := cmp.Diff(local, full); d != "" {
		t.Error(d)
	}
}

// firstMoved returns the series with the compliance of one agent forced, and the
// agent: the first that moves anything. Nil if none does.
func firstMoved(t *testing.T, s *abm.Setup, run func(*abm.World, []float64, rng.Seed) error) []float64 {
	w := abm.NewWorld(s, nil, nil)
	defer w.Close()
	series := func() []float64 {
		if err := run(w, s.Theta(), rng.Seed{}); err != nil {
			t.Fatal(err)
		}
		return w.Series(nil)
	}
	usual := series()
	for i := range s.Int("agents") {
		w.Force(abm.Site{Purpose: compliance, Agent: i, Step: 2}, 1)
		if x := series(); !cmp.Equal(x, usual) {
			return append(x, float64(i))
		}
	}
	return nil
}
