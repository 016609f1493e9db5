package flow

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestStateSurvivesJSON(t *testing.T) {
	for name, f := range families(3) {
		data, err := json.Marshal(f.State())
		if err != nil {
			t.Fatal(err)
		}
		var s State
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
		g, err := FromState(s)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		a, b := f.NewTape(4), g.NewTape(4)
		f.Sample(a, normals(1, 12))
		g.Sample(b, a.Eps)
		if !slices.Equal(a.Z, b.Z) || !slices.Equal(a.LogQ, b.LogQ) {
			t.Errorf("%s: the restored flow samples differently", name)
		}
	}
}

func TestStateIsACopy(t *testing.T) {
	f := New(2, Options{}, uniforms(1))
	s := f.State()
	first := f.Params()[0]
	s.Params[0]++
	s.Permutations[0][0]++
	if f.Params()[0] != first || f.permutations[0][0] == s.Permutations[0][0] {
		t.Error("changing the state changed the flow")
	}
}

func TestFromStateRejects(t *testing.T) {
	for what, spoil := range map[string]func(*State){
		"no dimension":        func(s *State) { s.Dim = 0 },
		"other dimension":     func(s *State) { s.Dim = 4 },
		"unknown kind":        func(s *State) { s.Options.Kind = "planar" },
		"another kind":        func(s *State) { s.Options.Kind = MeanField },
		"missing permutation": func(s *State) { s.Permutations = s.Permutations[1:] },
		"repeated index":      func(s *State) { s.Permutations[1] = []int{0, 1, 1} },
		"missing parameter":   func(s *State) { s.Params = s.Params[1:] },
	} {
		s := New(3, Options{}, uniforms(1)).State()
		spoil(&s)
		if _, err := FromState(s); err == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}
