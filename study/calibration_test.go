package study

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/models"
)

func TestBuildBoardingSchool(t *testing.T) {
	s, err := Load("boarding-school", models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	want := Observations{
		Time:    "day",
		Times:   []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14},
		Columns: []Column{{Name: "in_bed", Observable: "infected", Unit: "agents", Aggregate: calibrate.Last, Factor: 1}},
		Values:  []float64{3, 8, 26, 76, 225, 298, 258, 233, 189, 128, 68, 29, 14, 4},
	}
	if diff := cmp.Diff(want, c.Data); diff != "" {
		t.Error(diff)
	}
	grid := calibrate.Grid{Observables: []int{3}, Aggregates: []calibrate.Aggregate{calibrate.Last}, Factor: []float64{1}}
	for day := range 14 {
		grid.Rows = append(grid.Rows, 24*day)
	}
	if diff := cmp.Diff(grid, c.Simulation.Grid); diff != "" {
		t.Error(diff)
	}
	if c.Start != 1 || c.Step != 1.0/24 || c.Setup.Steps() != 13*24+1 || c.Weight != 1 || c.Options.Workers != 2 {
		t.Errorf("start %g, step %g, %d steps, weight %g, %d workers", c.Start, c.Step, c.Setup.Steps(), c.Weight, c.Options.Workers)
	}
	if diff := cmp.Diff(flow.Options{Kind: flow.Affine, Layers: 4, Hidden: 32, Blocks: 2}, c.Options.Flow); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"transmission", "recovery", "overdispersion"}, c.Prior.Names()); diff != "" {
		t.Error(diff)
	}
}

func TestBuiltCalibrationTrains(t *testing.T) {
	c := build(t, "agents: 763, network: complete, dt: 1/24", "agents: 763, network: complete, dt: 1/2")
	c.Options.Steps, c.Options.Warmup, c.Options.ValidationDraws = 2, 1, 2
	trainer, err := calibrate.NewTrainer(c.Problem(), c.Options)
	if err != nil {
		t.Fatal(err)
	}
	defer trainer.Close()
	if err := trainer.Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestParametersOfACalibration(t *testing.T) {
	c := build(t, "quick:\n", "truth: {transmission: 3/2}\nquick:\n")
	want := []Parameter{
		{Name: "transmission", Of: "transmission", Unit: "1/time", Truth: 1.5},
		{Name: "recovery", Of: "recovery", Unit: "1/time", Truth: math.NaN()},
		{Name: "overdispersion", Loss: true, Truth: math.NaN()},
	}
	if diff := cmp.Diff(want, c.Parameters, cmpopts.EquateNaNs(), cmpopts.IgnoreFields(Parameter{}, "Doc")); diff != "" {
		t.Error(diff)
	}
	for _, p := range c.Parameters {
		if p.Doc == "" {
			t.Errorf("%s says nothing about itself", p.Name)
		}
	}
}

func TestBandwidthFromPriorPredictiveRuns(t *testing.T) {
	edit := "kind: mmd, weight: 10, bandwidth: prior-predictive, bandwidth_runs: 20"
	s := load(t, boys, without(strings.Replace(boys, "kind: negative-binomial, weight: 1, combine: marginal", edit, 1), "overdispersion"))
	if err := s.Set("dt=1/4"); err != nil {
		t.Fatal(err)
	}
	var losses []string
	for _, workers := range []int{1, 3} {
		c, err := s.Build(t.Context(), workers)
		if err != nil {
			t.Fatal(err)
		}
		losses = append(losses, c.Simulation.Loss.String())
	}
	if losses[0] != losses[1] {
		t.Errorf("one worker: %s, three: %s", losses[0], losses[1])
	}
	s.SetSeed(2)
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if other := c.Simulation.Loss.String(); other == losses[0] || strings.Contains(other, "[1]") {
		t.Errorf("seed 1: %s, seed 2: %s", losses[0], other)
	}
}

func TestPredictiveRunsAreOneADraw(t *testing.T) {
	c := build(t, "agents: 763, network: complete, dt: 1/24", "agents: 100, network: complete, dt: 1/2")
	runs, err := c.predictive(t.Context(), 6, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(runs) != 6 || len(runs[0]) != 5 {
		t.Errorf("%d runs of %d observations", len(runs), len(runs[0]))
	}
}

// without returns the text without the lines that contain a word.
func without(text, word string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.Contains(line, word) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
