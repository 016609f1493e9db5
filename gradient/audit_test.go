package gradient_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/gradient"
)

// here names the source line some lines below the caller's.
func here(below int) string {
	_, _, at, _ := runtime.Caller(1)
	return fmt.Sprintf("gradient/audit_test.go:%d", at+below)
}

func audit(t *testing.T, m *abm.Model) *gradient.Audit {
	t.Helper()
	a, err := problem(t, m, 0.3).Audit()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAuditFindsNothingInGoodCode(t *testing.T) {
	a, err := asked(t, coins).Audit()
	if err != nil || !a.Clean() || a.Sentences() != nil {
		t.Errorf("%+v, %v", a, err)
	}
}

// A branch on a parameter or on a draw has no derivative.
func TestAuditFindsBranches(t *testing.T) {
	var parameter, draw string
	a := audit(t, toy("branches", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		parameter = here(1)
		if w.Param("p").Value() > 0.2 {
			draw = here(1)
			return nums(w.Bernoulli(0, w.Param("p")).Value())
		}
		return nums(0)
	}))
	if d := cmp.Diff([]ad.Read{{Line: parameter, Count: 1}, {Line: draw, Count: 1}}, a.Reads); d != "" {
		t.Error(d)
	}
	if s := a.Sentences(); len(s) != 2 || !strings.HasPrefix(s[0], parameter+" reads a number that carries derivatives by Value, 1 times a run") {
		t.Errorf("%q", s)
	}
}

func TestAuditFindsDrawsMadeTwice(t *testing.T) {
	var at string
	a := audit(t, toy("twice", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		at = here(1)
		return []ad.Num{w.Bernoulli(0, w.Param("p")).Add(w.Bernoulli(0, w.Param("p")))}
	}))
	if len(a.Twice) != 1 || a.Twice[0].Line != at || a.Twice[0].Count != 1 {
		t.Errorf("%+v, want once at %s", a.Twice, at)
	}
}

// A number used late is found whether it carries derivatives or was lent.
func TestAuditFindsLateUse(t *testing.T) {
	var at string
	late := audit(t, toy("late", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		var x ad.Num
		for range w.Agents(1) {
			x = w.Param("p").Times(2)
		}
		at = here(1)
		return []ad.Num{x.Square()}
	}))
	if len(late.Late) != 1 || !strings.Contains(late.Late[0], at+" uses a number after its region ended") {
		t.Errorf("%q, want the line %s", late.Late, at)
	}
	lent := audit(t, toy("lent", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		var c abm.Choice
		for range w.Agents(1) {
			c = w.Categorical(0, nums(0.5, 0.5))
		}
		return c.OneHot[:1]
	}))
	if len(lent.Late) != 1 || !strings.Contains(lent.Late[0], "lent for an agent's turn") {
		t.Errorf("%q", lent.Late)
	}
}

// Flip says what to change in a model that branches on an active value; a branch
// on what was drawn is served.
func TestFlipRefusesBranches(t *testing.T) {
	var at string
	branch := toy("branch", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		at = here(1)
		if w.Param("p").Value() > 0.2 {
			return []ad.Num{w.Bernoulli(0, w.Param("p"))}
		}
		return nums(0)
	})
	_, err := gradient.Flip{}.Sampler(problem(t, branch, 0.3))
	if err == nil || !strings.Contains(err.Error(), at+" reads one that carries derivatives by Value, 1 times a run; decide there by abm.Greater") {
		t.Errorf("error %v, want the line %s", err, at)
	}
	drawn := toy("drawn", []string{"p"}, []string{"y"}, func(w *abm.World) []ad.Num {
		if w.Bernoulli(0, w.Param("p")).Value() == 1 {
			return nums(7)
		}
		return nums(0)
	})
	m, err := gradient.Collect(context.Background(), problem(t, drawn, 0.3), gradient.Flip{}, gradient.Sampling{Samples: 20})
	if err != nil || math.Abs(m.Mean[0]-7) > 1e-9 {
		t.Errorf("derivative %v, want 7; %v", m.Mean, err)
	}
}

func TestFlipNeedsFlips(t *testing.T) {
	for _, f := range []gradient.Flip{{Flips: -1}, {Pilot: -1}} {
		if _, err := f.Sampler(asked(t, coins)); err == nil || !strings.Contains(err.Error(), "flip needs at least 1 flip") {
			t.Errorf("%+v: %v", f, err)
		}
	}
}
