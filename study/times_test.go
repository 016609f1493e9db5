package study

import (
	"slices"
	"testing"

	"github.com/nudge-abm/nudge/models"
)

func TestGapsMayBeAllowed(t *testing.T) {
	gaps := "day,in_bed,convalescent\n1,3,0\n3,26,0\n6,298,9\n"
	for name, edit := range map[string]string{"with every": "every: 1\n  gaps: allowed", "without": "gaps: allowed"} {
		s, err := Load(write(t, replace(t, boys, "every: 1", edit), gaps), models.All()...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		c, err := s.Build(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(c.Simulation.Grid.Rows, []int{0, 48, 120}) || c.Setup.Steps() != 121 {
			t.Errorf("%s: rows %v of %d", name, c.Simulation.Grid.Rows, c.Setup.Steps())
		}
	}
	half := "day,in_bed,convalescent\n1,3,0\n2.5,26,0\n"
	want := "boys.csv:3:1: day 2.5 follows day 1; the study says that times are 1 apart"
	if got := loadError(t, replace(t, boys, "every: 1", "every: 1\n  gaps: allowed"), half); !says(got, want) {
		t.Error(got)
	}
}

func TestStepsMayExceedTheData(t *testing.T) {
	c := build(t, "dt: 1/24", "dt: 1/24, steps: 200")
	if c.Setup.Steps() != 200 || c.Simulation.Grid.Rows[4] != 96 {
		t.Errorf("%d steps, rows %v", c.Setup.Steps(), c.Simulation.Grid.Rows)
	}
}

func TestTimesOnOneStep(t *testing.T) {
	data := "day,in_bed,convalescent\n1,3,0\n1.00000001,26,0\n"
	want := "boys.csv:3:1: day 1 and 1.00000001 fall on the same step"
	if got := loadError(t, replace(t, boys, "every: 1", "gaps: allowed"), data); !says(got, want) {
		t.Error(got)
	}
}
