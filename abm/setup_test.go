package abm_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
)

func TestSetRefuses(t *testing.T) {
	s := abm.NewSetup(prober(5, idle))
	for _, test := range []struct{ assignment, want string }{
		{"shere=0.1", `unknown parameter or setting "shere"; did you mean "share"?; known are p, opens, closes, share, rate, steps, agents, width, mode, network`},
		{"Share=0.1", `unknown parameter or setting "Share"; did you mean "share"?; known are p, opens, closes, share, rate, steps, agents, width, mode, network`},
		{"population=1", `unknown parameter or setting "population"; known are p, opens, closes, share, rate, steps, agents, width, mode, network`},
		{"share=1.2", "share must be between 0 and 1, is 1.2"},
		{"share=-0.1", "share must be between 0 and 1, is -0.1"},
		{"share=NaN", `share must be a number, not "NaN"`},
		{"p=nan", `p must be a number, not "nan"`},
		{"rate=-1", "rate must be zero or positive, is -1"},
		{"share=half", `share must be a number, not "half"`},
		{"share=", `share must be a number, not ""`},
		{"agents=1.5", `agents must be a whole number, not "1.5"`},
		{"agents=many", `agents must be a whole number, not "many"`},
		{"agents=0", "agents must be between 1 and 1000, is 0"},
		{"agents=1001", "agents must be between 1 and 1000, is 1001"},
		{"steps=0", "steps must be at least 1, is 0"},
		{"width=0.4", "width must be at least 0.5, is 0.4"},
		{"width=NaN", `width must be a number, not "NaN"`},
		{"width=Inf", `width must be finite, not "Inf"`},
		{"width=wide", `width must be a number, not "wide"`},
		{"mode=fractionel", `mode must be one of hard, fractional, not "fractionel"; did you mean "fractional"?`},
		{"mode=soft", `mode must be one of hard, fractional, not "soft"`},
		{"mode", `"mode" is not of the form name=value`},
	} {
		err := s.Assign(test.assignment)
		if err == nil {
			t.Errorf("%s is accepted", test.assignment)
		} else if diff := cmp.Diff(test.want, err.Error()); diff != "" {
			t.Errorf("%s: %s", test.assignment, diff)
		}
	}
	if diff := cmp.Diff(abm.NewSetup(prober(5, idle)).Theta(), s.Theta()); diff != "" {
		t.Errorf("a refused value is kept: %s", diff)
	}
	if s.Steps() != 5 || s.Float("width") != 1 || s.Text("mode") != "hard" {
		t.Error("a refused setting is kept")
	}
}

func TestSet(t *testing.T) {
	s := abm.NewSetup(prober(5, idle))
	for _, a := range []string{"share=0.25", " rate = 1e-3 ", "steps=7", "width=0.5", "mode=fractional", "network=a=b.csv", "p=-2"} {
		if err := s.Assign(a); err != nil {
			t.Error(err)
		}
	}
	if diff := cmp.Diff([]float64{-2, 1, 2, 0.25, 1e-3}, s.Theta()); diff != "" {
		t.Error(diff)
	}
	if s.Steps() != 7 || s.Float("width") != 0.5 || s.Text("mode") != "fractional" || s.Text("network") != "a=b.csv" {
		t.Error("a setting is not what it was set to")
	}
}

func TestSetParameterRefuses(t *testing.T) {
	s := abm.NewSetup(prober(5, idle))
	for want, err := range map[string]error{
		`unknown parameter "steps"; known are p, opens, closes, share, rate`: s.SetParameter("steps", 1),
		"share must be between 0 and 1, is 2":                                s.SetParameter("share", 2),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Prepare and Check hold parameters against each other.
func TestBelow(t *testing.T) {
	for _, opens := range []string{"2", "3"} {
		s := abm.NewSetup(prober(5, idle))
		if err := s.Set("opens", opens); err != nil {
			t.Fatal(err)
		}
		want := "opens must be below closes, but " + opens + " ≥ 2"
		if err := s.Prepare(); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if err := s.Set("closes", "3.5"); err != nil {
			t.Fatal(err)
		}
		if err := s.Clone().Prepare(); err != nil {
			t.Error(err)
		}
	}
	s := abm.NewSetup(prober(5, idle))
	if err := s.Check([]float64{0, 1, 2, 1.5, 0}); err == nil || err.Error() != "share must be between 0 and 1, is 1.5" {
		t.Errorf("got %v", err)
	}
}

// A model's own preparation runs once, and its error is kept.
func TestPrepareOnce(t *testing.T) {
	calls := 0
	m := prober(5, idle)
	m.Prepare = func(s *abm.Setup) (any, error) {
		calls++
		if s.Text("network") != "complete" {
			return nil, errors.New("no such network")
		}
		return s.Int("agents") * 2, nil
	}
	s := ready(t, m)
	if err := s.Prepare(); err != nil || calls != 1 || s.Shared() != 20 {
		t.Errorf("%v after %d calls, shared %v", err, calls, s.Shared())
	}
	c := s.Clone()
	if err := c.Set("network", "roads"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.Prepare(); err == nil || calls != 2 {
			t.Errorf("error %v after %d calls", err, calls)
		}
	}
	if s.Text("network") != "complete" {
		t.Error("a clone shares its settings with the original")
	}
}

func TestUnknownNamesInAModelPanic(t *testing.T) {
	s := abm.NewSetup(prober(5, idle))
	defer func() {
		if r := recover(); r != `abm: model prober has no setting "height"` {
			t.Errorf("panics with %v", r)
		}
	}()
	s.Float("height")
}

// idle starts a run in which nothing happens.
func idle(*abm.World) func() { return func() {} }
