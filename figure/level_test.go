package figure

import (
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/report"
)

// comparison is a figure of two panels, the second ten times as high.
func comparison() report.Check {
	f := report.Check{Step: count(50)}
	for _, times := range []float64{1, 10} {
		e := report.Estimate{Name: "estimate"}
		for _, x := range f.Step {
			e.Mean = append(e.Mean, times*x)
		}
		f.Panels = append(f.Panels, report.Comparison{Parameter: "θ", Estimates: []report.Estimate{e}})
	}
	return f
}

func TestLevelPanelsHaveOneRange(t *testing.T) {
	alone, err := comparison().Plot()
	if err != nil {
		t.Fatal(err)
	}
	s, err := level{comparison()}.Plot()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range s.Panels[0] {
		if p.Y.Max != alone.Panels[0][1].Y.Max || p.Y.Min > alone.Panels[0][0].Y.Min {
			t.Errorf("panel %d reaches from %g to %g", i, p.Y.Min, p.Y.Max)
		}
	}
}

func TestCurvesHaveNoIntervals(t *testing.T) {
	s, err := curves{comparison()}.Plot()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range s.Keys {
		if strings.Contains(k.Label, "interval") || len(k.Swatches) != 1 {
			t.Errorf("the legend has %q with %d swatches", k.Label, len(k.Swatches))
		}
	}
}
