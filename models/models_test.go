package models

import (
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/abm"
)

func TestNamesAreSorted(t *testing.T) {
	if names := abm.Names(All()); !slices.IsSorted(names) {
		t.Errorf("not in order of name: %v", names)
	}
}

// Defaults must be usable as they are: a model without arguments has to run.
func TestDefaultsAreValid(t *testing.T) {
	for _, m := range All() {
		s := abm.NewSetup(m)
		for _, x := range m.Settings {
			if err := s.Set(x.Name, x.Default); err != nil {
				t.Errorf("%s: %v", m.Name, err)
			}
		}
		if err := s.Prepare(); err != nil {
			t.Errorf("%s: %v", m.Name, err)
		}
	}
}
