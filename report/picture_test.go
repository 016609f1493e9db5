package report

import (
	"bytes"
	"regexp"
	"testing"
)

func TestLargeFiguresAreShownAsPNG(t *testing.T) {
	small, err := Picture{Figure: sampleHeatmap()}.view()
	if err != nil || small.SVG == "" || small.File != "figure.png" {
		t.Errorf("small picture: %v, file %q, %d bytes of SVG", err, small.File, len(small.SVG))
	}
	f := sampleSeries()
	for len(f.Panels[0].Runs) < 600 {
		f.Panels[0].Runs = append(f.Panels[0].Runs, f.Panels[0].Runs...)
	}
	large, err := Picture{Figure: f, Name: "runs"}.view()
	if err != nil || large.SVG != "" || large.File != "runs.png" {
		t.Errorf("large picture: %v, file %q, %d bytes of SVG", err, large.File, len(large.SVG))
	}
}

// TestDarkPaletteKnowsTheTheme checks that the style sheet exchanges the very
// colours that figures are drawn with.
func TestDarkPaletteKnowsTheTheme(t *testing.T) {
	svg, err := SVG(samplePredictive())
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`\[style\*="((?:fill|stroke):#(?:FFFFFF|1C2530|5A6675|A9B2BD|E8EBEF))"\]`)
	for _, m := range rules.FindAllStringSubmatch(asset("page.css"), -1) {
		if m[1] != "stroke:#1C2530" && m[1] != "stroke:#5A6675" && !bytes.Contains(svg, []byte(m[1])) {
			t.Errorf("no %s in a figure", m[1])
		}
	}
}
