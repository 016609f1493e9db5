package firms_test

import (
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/models/firms"
)

// Preferences that rounding puts at 1 leave runs with derivatives whole.
func TestPreferencesNearOne(t *testing.T) {
	s := abm.NewSetup(firms.Model)
	for name, value := range map[string]string{"agents": "100", "steps": "8", "preference_a": "5", "preference_b": "0.02"} {
		if err := s.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	p, err := gradient.NewProblem(s, 1, "preference_b")
	if err != nil {
		t.Fatal(err)
	}
	sampler, err := gradient.StraightThrough{}.Sampler(p)
	if err != nil {
		t.Fatal(err)
	}
	defer sampler.Close()
	var x gradient.Sample
	for run := range uint64(20) {
		if err := sampler.Sample(run, &x); err != nil {
			t.Fatal(err)
		}
	}
}
