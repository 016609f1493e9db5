package figure_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/figure"
)

// Figures of the same study share its fits, and are the same without sharing.
func TestFitsAreShared(t *testing.T) {
	var stages []string
	o := tiny
	o.Fits = new(figure.Fits)
	o.Progress = func(stage string, done, total int) { stages = append(stages, stage) }
	first := draw(t, "17", o)
	if !slices.Contains(stages, "paper/sugarscape by VarGrad: training") {
		t.Errorf("stages %q", slices.Compact(stages))
	}
	stages = nil
	again := draw(t, "17", o)
	if stages != nil {
		t.Errorf("fitted again: %q", slices.Compact(stages))
	}
	if diff := cmp.Diff(first.Findings, again.Findings); diff != "" {
		t.Error(diff)
	}
	alone := tiny
	alone.Workers = 1
	if diff := cmp.Diff(first.Findings, draw(t, "17", alone).Findings); diff != "" {
		t.Error("another result without sharing, by one worker", diff)
	}
}

// A fit ends with its context.
func TestFitStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := tiny
	o.Progress = func(string, int, int) { cancel() }
	f, err := figure.ByNumber("19")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Draw(ctx, o); err == nil {
		t.Error("drawn although the context ended")
	}
}

// A fit goes on from the state that was kept, to the same end.
func TestFitGoesOn(t *testing.T) {
	states := map[string]calibrate.CampaignState{}
	o := tiny
	o.Fits = &figure.Fits{Save: func(name, digest string, s calibrate.CampaignState) error {
		states[name+digest] = s
		return nil
	}}
	first := draw(t, "17", o)
	if len(states) != 2 {
		t.Fatalf("%d fits kept, want 2", len(states))
	}
	trained := 0
	o.Progress = func(stage string, done, total int) {
		if strings.HasSuffix(stage, "training") {
			trained++
		}
	}
	o.Fits = &figure.Fits{Begun: func(name, digest string) (*calibrate.CampaignState, error) {
		s, ok := states[name+digest]
		if !ok {
			t.Errorf("%s was not kept", name)
		}
		return &s, nil
	}}
	if diff := cmp.Diff(first.Findings, draw(t, "17", o).Findings); diff != "" || trained > 0 {
		t.Errorf("%d more steps; %s", trained, diff)
	}
}
