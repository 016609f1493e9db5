package figure_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

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
