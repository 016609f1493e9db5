package study

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/models"
)

// boys is a small study, and boysData its data.
const boys = `title: boys in bed
model: sir
settings: {agents: 763, network: complete, dt: 1/24, index_cases: 3, units: counts}
parameters: {distancing_factor: 1, quarantine_compliance: 0}
data:
  file: boys.csv
  time: day
  start: 1
  every: 1
  ignore: convalescent
  columns:
    - {column: in_bed, observable: infected}
calibrate:
  - {name: transmission, prior: truncated-normal, mean: 2, sd: 1, low: 0}
  - {name: recovery, prior: log-normal, log_mean: -1, log_sd: 0.5}
  - {name: overdispersion, prior: exponential, rate: 5}
loss: {kind: negative-binomial, weight: 1, combine: marginal}
training: {steps: 600, draws: 4}
quick:
  training: {steps: 10}
`

const boysData = `day,in_bed,convalescent
1,3,0
2,8,0
3,26,0
4,76,0
5,225,9
`

// write puts a study into a folder and returns the folder.
func write(t *testing.T, file, data string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range map[string]string{FileName: file, "boys.csv": data} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// loadError returns the error of loading the study, with paths relative to its
// folder.
func loadError(t *testing.T, file, data string) string {
	t.Helper()
	folder := write(t, file, data)
	_, err := Load(folder, models.All()...)
	if err == nil {
		return ""
	}
	var m *Mistake
	if !errors.As(err, &m) {
		t.Errorf("%v is not a Mistake", err)
	}
	return strings.ReplaceAll(err.Error(), folder+string(filepath.Separator), "")
}

// load loads the study after an edit.
func load(t *testing.T, from, to string) *Study {
	t.Helper()
	s, err := Load(write(t, replace(t, boys, from, to), boysData), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// build makes the study after an edit ready to run.
func build(t *testing.T, from, to string) *Calibration {
	t.Helper()
	c, err := load(t, from, to).Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// replace edits a text once.
func replace(t *testing.T, text, from, to string) string {
	t.Helper()
	if !strings.Contains(text, from) {
		t.Fatalf("nothing to edit: %q", from)
	}
	return strings.Replace(text, from, to, 1)
}
