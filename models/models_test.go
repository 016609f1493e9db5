package models

import (
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
)

func TestByName(t *testing.T) {
	for _, m := range All() {
		got, err := ByName(m.Name)
		if err != nil || got != m {
			t.Errorf("ByName(%q) = %v, %v", m.Name, got, err)
		}
	}
	_, err := ByName("sirr")
	if err == nil || !strings.Contains(err.Error(), `did you mean "sir"?`) {
		t.Errorf(`ByName("sirr"): %v`, err)
	}
}

func TestNamesAreSorted(t *testing.T) {
	if !slices.IsSorted(Names()) {
		t.Errorf("not in order of name: %v", Names())
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
