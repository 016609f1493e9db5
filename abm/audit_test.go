package abm_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

// line names the source line some lines below the caller's.
func line(below int) string {
	_, _, at, _ := runtime.Caller(1)
	return fmt.Sprintf("abm/audit_test.go:%d", at+below)
}

// watched makes two runs of a model under an audit.
func watched(t *testing.T, active []int, m *abm.Model) *abm.Audit {
	s := ready(t, m)
	w := abm.NewWorld(s, active, straight{})
	defer w.Close()
	audit := w.Watch()
	for run := range uint64(2) {
		if err := w.Run(s.Theta(), rng.Seed{Run: run}); err != nil {
			t.Fatal(err)
		}
	}
	if w.Watch() != audit {
		t.Error("watching again begins another audit")
	}
	return audit
}

// Plain reads of numbers with derivatives are counted over all runs, by line;
// those of this package's own, of constants and for printing are none.
func TestAuditFindsReads(t *testing.T) {
	var at string
	everyDraw := func(w *abm.World) {
		at = line(1)
		if w.Param("share").Value() > 0 {
			_ = w.Param("share").Primal()
			ad.Const(1).Value()
		}
		noisy(w)()
		w.Choose(10, []ad.Num{w.Param("share"), w.Param("rate")}, w.Param("rate"))
		w.ArgMaxRandomTies(11, []ad.Num{w.Param("share"), w.Param("rate")}, 1)
		w.Beta(12, w.Param("share"), w.Param("rate"))
		w.Dirichlet(13, []ad.Num{w.Param("share"), w.Param("rate")})
		w.Poisson(14, w.Param("rate"))
		abm.If(abm.Greater(w.Param("share"), w.Param("rate"), abm.Logistic{Width: 1}), w.Param("p"), w.Param("rate"))
	}
	m := prober(3, func(w *abm.World) func() { return func() { everyDraw(w) } })
	audit := watched(t, []int{3, 4}, m)
	if diff := cmp.Diff([]ad.Read{{Line: at, Count: 4}}, audit.Reads()); diff != "" {
		t.Error(diff)
	}
	if all := audit.Twice(); all != nil {
		t.Errorf("draws made twice: %v", all)
	}
	if reads := watched(t, nil, m).Reads(); reads != nil {
		t.Errorf("reads in plain runs: %v", reads)
	}
}

// Draws made again at one place are counted by line; other agents, steps, runs,
// kinds and indices are other places.
func TestAuditFindsDrawsMadeTwice(t *testing.T) {
	var uniform, stream string
	audit := watched(t, nil, prober(4, func(w *abm.World) func() {
		return func() {
			w.Bernoulli(0, ad.Const(0.5))
			for i := range w.Agents(10) {
				w.Bernoulli(0, ad.Const(0.5))
				w.Bernoulli(abm.Purpose(0).At(1), ad.Const(0.5))
				w.Normal(8, ad.Const(0), ad.Const(1))
				uniform = line(2)
				if i == 7 {
					w.Uniform(0, ad.Const(0), ad.Const(1))
				}
				stream = line(2)
				if i < 3 {
					w.Gamma(abm.Purpose(8), ad.Const(1), ad.Const(1))
				}
			}
		}
	}))
	want := []abm.Twice{{Line: stream, Draw: "purpose 8", Count: 18}, {Line: uniform, Draw: "first", Count: 6}}
	if diff := cmp.Diff(want, audit.Twice()); diff != "" {
		t.Error(diff)
	}
}

// An audit leaves results as they are.
func TestAuditChangesNothing(t *testing.T) {
	s := ready(t, prober(10, noisy))
	results := func(watch bool) []float64 {
		w := abm.NewWorld(s, []int{3, 4}, straight{})
		defer w.Close()
		if watch {
			w.Watch()
		}
		if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
			t.Fatal(err)
		}
		return append(w.Series(nil), w.Jacobian(nil)...)
	}
	if diff := cmp.Diff(results(false), results(true)); diff != "" {
		t.Error(diff)
	}
}

// A number with derivatives used after its agent's turn panics with the line.
func TestAuditFindsLateUse(t *testing.T) {
	at := ""
	defer func() {
		if text := fmt.Sprint(recover()); at == "" || !strings.Contains(text, at) {
			t.Errorf("recovered %q, want the line %s", text, at)
		}
	}()
	watched(t, []int{3}, prober(1, func(w *abm.World) func() {
		var late ad.Num
		for range w.Agents(1) {
			late = w.Param("share").Times(3)
		}
		at = line(1)
		late.Square()
		return func() {}
	}))
	t.Error("no panic")
}
