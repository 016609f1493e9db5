package abm

import "testing"

func TestByName(t *testing.T) {
	models := []*Model{{Name: "walk"}, {Name: "sir"}}
	for _, m := range models {
		if got, err := ByName(models, m.Name); err != nil || got != m {
			t.Errorf("ByName(%q) = %v, %v", m.Name, got, err)
		}
	}
	_, err := ByName(models, "sirr")
	if want := `unknown model "sirr"; did you mean "sir"?; known are walk, sir`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
