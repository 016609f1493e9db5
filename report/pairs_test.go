package report

import (
	"testing"

	"gonum.org/v1/plot"
)

// TestPairsIsACorner checks that nothing stands above the diagonal and that
// only the outer panels are labelled.
func TestPairsIsACorner(t *testing.T) {
	s, err := Pairs{Parameters: sampleParameters(3)}.Plot()
	if err != nil {
		t.Fatal(err)
	}
	want := [3][3][2]string{
		{{"", ""}, {}, {}},
		{{"", "γ (1/day)"}, {"", ""}, {}},
		{{"β (1/day)", "I₀"}, {"γ (1/day)", ""}, {"I₀", ""}},
	}
	for i, row := range s.Panels {
		for j, p := range row {
			if (p == nil) != (j > i) {
				t.Fatalf("panel %d, %d: %v", i, j, p)
			}
			if got := axisLabels(p); got != want[i][j] {
				t.Errorf("panel %d, %d is labelled %q, expected %q", i, j, got, want[i][j])
			}
		}
	}
}

func axisLabels(p *plot.Plot) [2]string {
	if p == nil {
		return [2]string{}
	}
	return [2]string{p.X.Label.Text, p.Y.Label.Text}
}
