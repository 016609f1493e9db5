package study

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/calibrate/flow"
	"github.com/nudge-abm/nudge/models"
)

// kept writes what a fit leaves in a folder and returns the folder.
func kept(t *testing.T) (string, *calibrate.Fitted) {
	t.Helper()
	s := load(t, "quick:", "quick:")
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	value := 0.3
	f := flow.New(c.Prior.Dim(), flow.Options{Layers: 1, Hidden: 4}, func() float64 { value = 4 * value * (1 - value); return value })
	r := &Result{Study: s, Calibration: c, Fit: &Fit{Fitted: &calibrate.Fitted{Prior: c.Prior, Mixture: flow.Single(f)}}}
	var b bytes.Buffer
	if err := r.writeFlow(&b); err != nil {
		t.Fatal(err)
	}
	name, data := s.CSV()
	folder := t.TempDir()
	for file, text := range map[string][]byte{FitFileName: b.Bytes(), FileName: s.YAML(), name: data} {
		if err := os.WriteFile(filepath.Join(folder, file), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder, r.Fitted
}

func TestSavedPosteriorIsThatOfTheFit(t *testing.T) {
	folder, fitted := kept(t)
	saved, err := LoadSaved(folder, models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(fitted.Draw(5, 3), saved.Draw(5, 3)); diff != "" {
		t.Error(diff)
	}
	if len(saved.Parameters) != 3 || saved.Study.Title() != "boys in bed" {
		t.Errorf("parameters %v of %s", saved.Parameters, saved.Study.Title())
	}
}

func TestFoldersWithoutAPosterior(t *testing.T) {
	folder, _ := kept(t)
	path := filepath.Join(folder, FitFileName)
	for text, want := range map[string]string{
		"{": "is damaged",
		`{"weights": [1], "parts": [{"dim": 2, "options": {"kind": "mean-field"}, "params": [0, 0, 0, 0]}]}`: "has 2 dimensions, but the study beside it 3",
		`{"weights": [1], "parts": [{"dim": 2, "options": {"kind": "mean-field"}, "params": [0]}]}`:          "is damaged: flow: state has 1 parameters, want 4",
	} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadSaved(folder, models.All()...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadSaved(folder, models.All()...); err == nil || !strings.Contains(err.Error(), "holds no posterior") {
		t.Error(err)
	}
}
