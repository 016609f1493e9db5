package abm_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/ad"
	"github.com/nudge-abm/nudge/rng"
)

func consts(p ...float64) []ad.Num {
	n := make([]ad.Num, len(p))
	for i, v := range p {
		n[i] = ad.Const(v)
	}
	return n
}

// A world that has faulted runs again as if nothing had happened.
func TestWorldAfterFault(t *testing.T) {
	s := ready(t, prober(3, func(w *abm.World) func() {
		return func() {
			for i := range w.Agents(4) {
				w.Observe(0, w.Event(0, w.Param("rate").Plus(-1).Times(float64(i))))
			}
			w.Observe(1, w.Bernoulli(1, w.Param("share")))
		}
	}))
	good := []float64{0, 1, 2, 0.5, 1.7}
	bad := []float64{0, 1, 2, 0.5, 0.1}
	w := abm.NewWorld(s, []int{3, 4}, straight{})
	defer w.Close()
	if err := w.Run(bad, rng.Seed{}); err == nil {
		t.Fatal("no fault")
	}
	if err := w.Run(good, rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	fresh := abm.NewWorld(s, []int{3, 4}, straight{})
	defer fresh.Close()
	if err := fresh.Run(good, rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fresh.Series(nil), w.Series(nil)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(fresh.Jacobian(nil), w.Jacobian(nil)); diff != "" {
		t.Error(diff)
	}
}

func TestRunChecksParameters(t *testing.T) {
	s := ready(t, prober(1, func(*abm.World) func() { return func() {} }))
	err := abm.NewWorld(s, nil, nil).Run([]float64{0, 3, 2, 0.5, 1}, rng.Seed{})
	if err == nil || err.Error() != "opens must be below closes, but 3 ≥ 2" {
		t.Errorf("got %v", err)
	}
}

// Panics other than faults are errors in a model's code and pass through.
func TestRunPassesPanicsOn(t *testing.T) {
	defer func() {
		if r := recover(); r != `abm: model prober has no parameter "height"` {
			t.Errorf("recovered %v", r)
		}
	}()
	_ = once(t, rng.Seed{}, func(w *abm.World) { w.Param("height") })
}

// noisy draws of every kind, in columns and regions.
func noisy(w *abm.World) func() {
	state := w.Column(10)
	return func() {
		w.Observe(1, w.Normal(1, w.Param("p"), w.Param("rate")))
		for i := range w.Agents(10) {
			x := w.Uniform(0, ad.Const(0), w.Param("share")).Add(w.Exponential(1, w.Param("rate")))
			x = x.Mul(w.Bernoulli(2, w.Param("share"))).Add(w.Event(3, w.Param("rate")))
			state.Add(i, x.Add(w.Categorical(4, []ad.Num{w.Param("share"), w.Param("share").Not()}).Of(consts(1, 2))))
			w.Observe(0, state.At(i))
		}
	}
}

// The same seed gives the same bytes: in another world, after other runs, and
// with any subset of the parameters active; another seed gives others.
func TestSameSeedSameBytes(t *testing.T) {
	s := ready(t, prober(20, noisy))
	series := func(active []int, seeds ...rng.Seed) []float64 {
		w := abm.NewWorld(s, active, straight{})
		defer w.Close()
		for _, seed := range seeds {
			if err := w.Run(s.Theta(), seed); err != nil {
				t.Fatal(err)
			}
		}
		return w.Series(nil)
	}
	one, two := rng.Seed{Master: 3, Run: 1}, rng.Seed{Master: 3, Run: 2}
	want := series(nil, one)
	for name, got := range map[string][]float64{
		"again": series(nil, one), "after another": series(nil, two, one), "active": series([]int{0, 3, 4}, one),
		"one active": series([]int{3}, two, one),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, other := range []rng.Seed{two, {Master: 4, Run: 1}} {
		if slices.Equal(want, series(nil, other)) {
			t.Error("another seed gives the same bytes")
		}
	}
}

// Want leaves out observables and rows, and nothing else changes.
func TestWant(t *testing.T) {
	s := ready(t, prober(6, noisy))
	all, some := abm.NewWorld(s, []int{3}, straight{}), abm.NewWorld(s, []int{3}, straight{})
	defer all.Close()
	defer some.Close()
	some.Want([]int{1}, []int{2, 5})
	for _, w := range []*abm.World{all, some} {
		if err := w.Run(s.Theta(), rng.Seed{}); err != nil {
			t.Fatal(err)
		}
	}
	want := all.Series(nil)
	for i := range want {
		if row, observable := i/2, i%2; observable != 1 || row != 2 && row != 5 {
			want[i] = 0
		}
	}
	if diff := cmp.Diff(want, some.Series(nil)); diff != "" {
		t.Error(diff)
	}
}

// Series and Jacobian are rows × observables (× active parameters), the
// parameters in the order asked for.
func TestSeriesAndJacobian(t *testing.T) {
	s := ready(t, prober(3, func(w *abm.World) func() {
		state := w.Column(1)
		state.Set(0, w.Param("p"))
		w.Observe(0, state.At(0))
		return func() {
			state.Set(0, state.At(0).Mul(w.Param("rate")))
			w.Observe(0, state.At(0))
			w.Observe(1, w.Param("share"))
			w.Observe(1, w.Param("share")) // observations add up
		}
	}))
	w := abm.NewWorld(s, []int{4, 0}, nil)
	defer w.Close()
	if err := w.Run([]float64{3, 0, 1, 0.5, 2}, rng.Seed{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]float64{3, 0, 6, 1, 12, 1}, w.Series(nil)); diff != "" {
		t.Error(diff)
	}
	reused := make([]float64, 0, 20)
	want := []float64{0, 1, 0, 0, 3, 2, 0, 0, 12, 4, 0, 0}
	for _, dst := range [][]float64{nil, reused, make([]float64, 2)} {
		if diff := cmp.Diff(want, w.Jacobian(dst)); diff != "" {
			t.Error(diff)
		}
	}
}

// An agent that leaves its loop early leaves the world in order.
func TestAgentsBreak(t *testing.T) {
	mustRun(t, rng.Seed{Master: 1}, func(w *abm.World) {
		before := w.Uniform(0, ad.Const(0), ad.Const(1))
		for i := range w.Agents(10) {
			if i == 3 {
				break
			}
		}
		if after := w.Uniform(0, ad.Const(0), ad.Const(1)); after != before {
			t.Error("the world's draw is an agent's after the loop")
		}
	})
}
