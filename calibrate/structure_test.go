package calibrate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/calibrate/prior"
)

var networks = []string{"erdos-renyi", "complete"}

// structural is the outbreak with the network and the number of index cases to be
// found as well as a rate and the loss's own parameter.
func structural(t *testing.T) (*calibrate.Simulation, *prior.Joint) {
	t.Helper()
	s := outbreak(t, loss.OfMean, 2, 0)
	s.Structure = calibrate.NewStructure(s.Setup, calibrate.Discrete{Name: "index_cases"}, calibrate.Discrete{Name: "network", Texts: networks})
	smooth := joint(t, []string{"transmission", "overdispersion"}, density(t)(prior.NewLogNormal(-0.7, 0.5)))
	blocks := smooth.Blocks()
	for i, make := range []func() (*prior.Law, error){
		func() (*prior.Law, error) { return prior.NewInteger(1, 20, nil) },
		func() (*prior.Law, error) { return prior.NewWords(networks, nil) },
	} {
		law, err := make()
		if err != nil {
			t.Fatal(err)
		}
		d, err := prior.NewDiscrete([]string{"index_cases", "network"}[i], law)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, d)
	}
	j, err := prior.NewJoint(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	return s, j
}

// Settings that change from draw to draw give what a setup with those settings
// gives, in value and gradient, although worlds are forgotten and made anew.
func TestStructureIsThatOfItsSettings(t *testing.T) {
	s, p := structural(t)
	e, err := s.Evaluator(p.Names())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for i := range 60 {
		cases := 1 + i%20
		theta := []float64{0.5, 0.1, float64(cases), float64(i % 2)}
		fixed := outbreak(t, loss.OfMean, 2, 0)
		fixed.Setup = fixed.Setup.Clone()
		for _, a := range []string{fmt.Sprint("index_cases=", cases), "network=" + networks[i%2]} {
			if err := fixed.Setup.Assign(a); err != nil {
				t.Fatal(err)
			}
		}
		f, err := fixed.Evaluator(p.Names()[:2])
		if err != nil {
			t.Fatal(err)
		}
		got, want := make([]float64, 4), make([]float64, 2, 4)
		v, err := e.Evaluate(theta, 7, got)
		if err != nil {
			t.Fatal(err)
		}
		w, err := f.Evaluate(theta[:2], 7, want)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		if v.Loss != w.Loss || !slices.Equal(got, append(want, 0, 0)) {
			t.Errorf("%d index cases: loss %v and %v, gradient %v and %v", cases, v.Loss, w.Loss, got, want)
		}
	}
}

// A fit is the same by any number of workers.
func TestStructuralFitOnManyWorkers(t *testing.T) {
	var states []calibrate.CampaignState
	for _, workers := range []int{1, 3} {
		s, p := structural(t)
		_, state, err := calibrate.Fit(t.Context(), calibrate.Problem{Prior: p, Target: s, Weight: 1}, calibrate.Options{
			Flow: flow.Options{Layers: 1, Hidden: 4, Blocks: 1}, Steps: 20, Warmup: 2, KLDraws: 8, Validations: 1, ValidationDraws: 8, Seed: 3, Workers: workers,
		})
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, state)
	}
	if diff := cmp.Diff(states[0].Main().Flow, states[1].Main().Flow); diff != "" {
		t.Error("one worker and three end in different flows")
	}
}

// What the model cannot serve is told with the parameters.
func TestStructureRefuses(t *testing.T) {
	s, p := structural(t)
	e, err := s.Evaluator(p.Names())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := e.Evaluate([]float64{0.5, 0.1, 51, 0}, 1, nil); err == nil {
		t.Error("51 of 50 agents are infected")
	}
	s.Structure = nil
	if _, err := s.Evaluator(p.Names()); err == nil {
		t.Error("a setting is calibrated without a structure")
	}
}
