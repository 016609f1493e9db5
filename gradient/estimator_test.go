package gradient_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/gradient"
)

// Every estimator in the catalogue can be made by its name and is described.
func TestCatalogue(t *testing.T) {
	text := gradient.Describe()
	for _, name := range gradient.Names() {
		e, err := gradient.New(name, nil)
		if err != nil || e.Name() != name {
			t.Errorf("%s: %v, %v", name, e, err)
		}
		if !strings.Contains(text, name) {
			t.Errorf("%s is not described", name)
		}
	}
	if gradient.Options("none") != nil {
		t.Error("an unknown estimator has options")
	}
}

func TestNewRefuses(t *testing.T) {
	for _, test := range []struct {
		name, option, value string
		want                string
	}{
		{"straight-trough", "", "", `unknown estimator "straight-trough"; did you mean "straight-through"?; known are straight-through, `},
		{"magic", "", "", `unknown estimator "magic"; known are straight-through, `},
		{"finite-difference", "relative_stop", "1", `unknown option of finite-difference "relative_stop"; did you mean "relative_step"?; known are relative_step, pilot`},
		{"finite-difference", "relative_step", "tiny", `option relative_step of finite-difference must be a number, not "tiny"`},
		{"finite-difference", "relative_step", "NaN", `option relative_step of finite-difference must be a number, not "NaN"`},
		{"finite-difference", "relative_step", "Inf", `option relative_step of finite-difference must be a number, not "Inf"`},
		{"finite-difference", "relative_step", "-0.1", `option relative_step of finite-difference must be at least 0, is -0.1`},
		{"finite-difference", "pilot", "3", `option pilot of finite-difference must be at least 4, is 3`},
	} {
		options := map[string]string{}
		if test.option != "" {
			options[test.option] = test.value
		}
		if _, err := gradient.New(test.name, options); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v:\ngot  %v\nwant %s", test, err, test.want)
		}
	}
}

func TestNewProblem(t *testing.T) {
	m := toy("three", []string{"a", "b", "c"}, []string{"y"}, nil)
	all, err := gradient.NewProblem(abm.NewSetup(m), 4)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{0, 1, 2}, all.Active); diff != "" {
		t.Error(diff)
	}
	some, err := gradient.NewProblem(abm.NewSetup(m), 4, "c", "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{2, 0}, some.Active); diff != "" {
		t.Error(diff)
	}
	if rows, observables, active := some.Shape(); rows != 1 || observables != 1 || active != 2 {
		t.Errorf("shape %d × %d × %d", rows, observables, active)
	}
	if _, err := gradient.NewProblem(abm.NewSetup(m), 4, "d"); err == nil || err.Error() != `unknown parameter "d"; did you mean "a"?; known are a, b, c` {
		t.Errorf("got %v", err)
	}
	bad := abm.NewSetup(formula(abm.Real, cube))
	if err := bad.SetParameter("ceiling", -1); err != nil {
		t.Fatal(err)
	}
	if _, err := gradient.NewProblem(bad, 4); err == nil || !strings.Contains(err.Error(), "theta must be below ceiling") {
		t.Errorf("got %v", err)
	}
}
