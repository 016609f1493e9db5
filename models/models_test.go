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

// Each model says all that the verb models shows.
func TestDescriptions(t *testing.T) {
	for _, m := range All() {
		if m.Doc == "" || len(m.Equations) == 0 || len(m.Sources) == 0 {
			t.Errorf("%s lacks a line, equations or sources", m.Name)
		}
		for _, p := range m.Parameters {
			if p.Unit == "" || p.Doc == "" || p.Support == (abm.Support{}) {
				t.Errorf("%s: parameter %s lacks unit, meaning or support", m.Name, p.Name)
			}
		}
		for _, s := range m.Settings {
			if s.Doc == "" || s.Values() == "" {
				t.Errorf("%s: setting %s lacks its meaning or what it may be", m.Name, s.Name)
			}
		}
		for _, x := range m.Observables {
			if x.Doc == "" {
				t.Errorf("%s: observable %s lacks its meaning", m.Name, x.Name)
			}
		}
	}
}
