package report

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// keepDir returns the folder for the pictures: that named by REPORT_PICTURES,
// so that a person can look at them, or one that is removed after the test.
func keepDir(t *testing.T) string {
	if dir := os.Getenv("REPORT_PICTURES"); dir != "" {
		return dir
	}
	return t.TempDir()
}

func TestSaveEveryKind(t *testing.T) {
	dir := keepDir(t)
	figures := sampleFigures()
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		for _, ext := range []string{".png", ".svg"} {
			path := filepath.Join(dir, name+ext)
			if err := Save(figures[name], path); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			checkPicture(t, path)
		}
	}
}

// notANumber finds coordinates that are not finite.
var notANumber = regexp.MustCompile(`NaN|[-+]Inf`)

// checkPicture fails unless the file at path looks like a picture of its kind.
func checkPicture(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
		return
	}
	start := "\x89PNG"
	if strings.HasSuffix(path, ".svg") {
		start = "<?xml"
	}
	if len(data) < 400 || !bytes.HasPrefix(data, []byte(start)) {
		t.Errorf("%s: %d bytes, not a picture", path, len(data))
	}
	if start == "<?xml" && notANumber.Match(data) {
		t.Errorf("%s: coordinates that are not finite", path)
	}
}

func TestSameDataSameBytes(t *testing.T) {
	first, second := sampleFigures(), sampleFigures()
	for _, name := range []string{"predictive", "check-log", "boxes", "pairs-2", "network", "training"} {
		a, errA := SVG(first[name])
		b, errB := SVG(second[name])
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			t.Errorf("%s: SVG differs between two calls (%v, %v)", name, errA, errB)
		}
	}
	a, _ := PNG(first["pairs-2"])
	b, _ := PNG(second["pairs-2"])
	if !bytes.Equal(a, b) {
		t.Error("PNG differs between two calls")
	}
}

func TestSVGNamesFallbackFontsAndNothingOutside(t *testing.T) {
	svg, err := SVG(samplePredictive())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(svg, []byte("'Liberation Sans',Arial,Helvetica,sans-serif")) {
		t.Error("no fallback fonts")
	}
	if n := bytes.Count(svg, []byte("://")); n != 1 {
		t.Errorf("%d addresses, expected only the SVG namespace", n)
	}
}

func TestSaveIntoMissingFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "a.svg")
	err := samplePredictive().Save(path)
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v, expected one that names %s", err, path)
	}
}

func TestSaveOverFolderLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "taken.svg")
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := samplePredictive().Save(path); err == nil {
		t.Error("no error")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("files left behind: %v", files)
	}
}

func TestSaveUnknownFormat(t *testing.T) {
	err := samplePredictive().Save(filepath.Join(t.TempDir(), "a.jpg"))
	if err == nil || !strings.Contains(err.Error(), `".jpg" (allowed: .png, .svg)`) {
		t.Errorf("error %v", err)
	}
}

// TestMisfits checks that data that do not fit together are named.
func TestMisfits(t *testing.T) {
	days, one := sampleDays(14), []float64{1}
	two := []Parameter{{Name: "a", Posterior: days}, {Name: "b", Posterior: days, Prior: one}}
	for want, f := range map[string]Figure{
		"no time or no panel":                                Predictive{},
		"panel S: data has 1 values, expected 14":            Predictive{Time: days, Panels: []Observable{{Name: "S", Data: one}}},
		"panel S: prior has 14 values, expected 1":           Predictive{Time: one, Panels: []Observable{{Name: "S", Prior: flat(1, 14)}}},
		"marginals figure: no parameter":                     Marginals{},
		"parameter β: no finite posterior draw":              Marginals{Parameters: []Parameter{{Name: "β"}}},
		"prior density has 1 values, expected 0":             Marginals{Parameters: []Parameter{{Posterior: one, PriorDensity: Density{Value: one}}}},
		"1 parameters, expected 2 to 10":                     Pairs{Parameters: two[:1]},
		"parameter b: prior has 1 values, expected 0":        Pairs{Parameters: two},
		"KL has 1 values, expected 14":                       Training{Step: days, KL: one},
		"training figure: no step":                           Training{},
		`∂ S / ∂ β: estimate "A": mean has 1 values`:         Check{Step: days, Panels: []Comparison{{"β", "S", Estimate{}, []Estimate{{Name: "A", Mean: one}}}}},
		"boxes figure: β: reference: mean has 1 values":      Boxes{Panels: []BoxPanel{{Parameter: "β", Reference: Estimate{Mean: one}}}},
		"panel S: a run has 1 values, expected 14":           Series{Time: days, Panels: []Trajectories{{Name: "S", Runs: [][]float64{one}}}},
		`row "β" has 1 values, expected 14`:                  Heatmap{Rows: []string{"β"}, Time: days, Values: [][]float64{one}},
		"edge 0–3 between nodes 0…2":                         Network{Graphs: []Graph{{Nodes: 3, Edges: [][2]int{{0, 3}}}}},
		"node 1 has state 2 of 2 states":                     Network{States: []string{"S", "I"}, Graphs: []Graph{{Nodes: 2, State: []int{0, 2}}}},
		"graph G: 0 nodes, expected at least 1":              Network{Graphs: []Graph{{Name: "G"}}},
		"heat map: matrix (rows) has 0 values, expected 1":   Heatmap{Rows: []string{"β"}, Time: days},
		"training figure: validation has 1 values, expected": Training{Step: days, Validation: one},
	} {
		if _, err := f.Plot(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, expected %q", err, want)
		}
	}
}
