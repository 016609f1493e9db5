package study

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/models"
)

func TestLoadFindsStudies(t *testing.T) {
	folder := write(t, boys, boysData)
	for _, name := range []string{folder, filepath.Join(folder, FileName)} {
		s, err := Load(name, models.All()...)
		if err != nil {
			t.Fatal(err)
		}
		if s.Title() != "boys in bed" || s.Source() != filepath.Join(folder, FileName) {
			t.Errorf("%q from %s", s.Title(), s.Source())
		}
	}
	s, err := Load("boarding-school", models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if s.Source() != "boarding-school (built in)" {
		t.Error(s.Source())
	}
}

func TestAFolderComesBeforeABuiltInStudy(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := Copy("boarding-school", "boarding-school"); err != nil {
		t.Fatal(err)
	}
	s, err := Load("boarding-school", models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if s.Source() != filepath.Join("boarding-school", FileName) {
		t.Error(s.Source())
	}
}

func TestLoadSaysWhatThereIs(t *testing.T) {
	empty := t.TempDir()
	for name, want := range map[string]string{
		"boarding-scool": `there is no file or folder boarding-scool here: unknown built-in study "boarding-scool"; did you mean "boarding-school"?; known are …`,
		"./nowhere":      "there is no study file or folder ./nowhere",
		"nowhere.yaml":   "there is no study file or folder nowhere.yaml",
		empty:            "cannot read the study " + filepath.Join(empty, FileName) + ": no such file or directory",
	} {
		if _, err := Load(name, models.All()...); err == nil || !says(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

func TestQuickChangesKeysOfSections(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n  flow: {kind: mean-field}\n  loss: {replicates: 2}\n  settings: {dt: 1/4}\n")
	before := build(t, "quick:\n", "quick:\n")
	if before.Options.Steps != 600 || before.Simulation.Replicates != 8 || before.Step != 1.0/24 {
		t.Fatalf("without --quick: %+v", before.Options)
	}
	if err := s.Quick(); err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Options.Steps != 10 || c.Options.Draws != 4 || c.Options.Flow.Kind != "mean-field" ||
		c.Simulation.Replicates != 2 || c.Weight != 1 || c.Step != 0.25 {
		t.Errorf("with --quick: %+v, replicates %d, dt %g", c.Options, c.Simulation.Replicates, c.Step)
	}
}

func TestQuickNeedsItsSection(t *testing.T) {
	s := load(t, "quick:\n  training: {steps: 10}\n", "")
	if err := s.Quick(); err == nil || !strings.HasSuffix(err.Error(), "the study has no section quick that says what a quick run changes") {
		t.Error(err)
	}
}

func TestSetChangesSettingsAndParameters(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n  settings: {agents: 100}\n")
	if err := s.Set("dt=1/4", "initial = 0.25", "agents=50"); err != nil {
		t.Fatal(err)
	}
	if err := s.Quick(); err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Setup.Int("agents"); got != 50 {
		t.Errorf("agents is %d: the command line comes before quick", got)
	}
	if c.Step != 0.25 || c.Setup.Steps() != 17 || c.Setup.Theta()[c.Setup.Model.Parameter("initial")] != 0.25 {
		t.Errorf("step %g, %d steps, parameters %v", c.Step, c.Setup.Steps(), c.Setup.Theta())
	}
}

func TestSetAppliesTogether(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n")
	if err := s.Set("quarantine_start=30", "quarantine_end=40"); err != nil {
		t.Error(err)
	}
}

func TestSetRefuses(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n")
	digest := s.Digest()
	for assignment, want := range map[string]string{
		"agents":              "--set agents: this is not of the form name=value",
		"agnets=1":            `--set agnets=1: unknown parameter or setting "agnets"; did you mean "agents"?; known are …`,
		"agents=0":            "--set agents=0: agents must be at least 1, is 0",
		"initial=1.2":         "--set initial=1.2: initial must be between 0 and 1, is 1.2",
		"recovery=1":          "--set recovery=1: recovery is calibrated, so it cannot have a fixed value as well",
		"steps=3":             "--set steps=3: too few steps for the data: time 5 lies beyond the run, which ends at 1.0833333333333333; raise steps to at least 97",
		"quarantine_start=30": "--set quarantine_start=30: quarantine_start must be below quarantine_end, but 30 ≥ 25",
	} {
		if err := s.Set(assignment); err == nil || !says(err.Error(), want) {
			t.Errorf("%s: %v, want %s", assignment, err, want)
		}
	}
	if s.Digest() != digest {
		t.Error("a refused change left something behind")
	}
}

func TestSetEstimator(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n")
	if err := s.SetEstimator("finite-difference", map[string]string{"pilot": "8", "relative_step": "0.01"}); err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Simulation.Estimator.Name(); got != "finite-difference" {
		t.Error(got)
	}
	want := "--estimator finite-difference: option pilot of finite-difference must be at least 4, is 2"
	if err := s.SetEstimator("finite-difference", map[string]string{"pilot": "2"}); err == nil || err.Error() != want {
		t.Error(err)
	}
}

func TestSeed(t *testing.T) {
	s := load(t, "quick:\n", "seed: 18446744073709551615\nquick:\n")
	if s.Seed() != 1<<64-1 {
		t.Error(s.Seed())
	}
	s = load(t, "quick:\n", "quick:\n")
	if s.Seed() != 1 {
		t.Error(s.Seed())
	}
	s.SetSeed(7)
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if s.Seed() != 7 || c.Options.Seed != 7 || c.Simulation.Seed != 7 {
		t.Errorf("study %d, options %d, simulation %d", s.Seed(), c.Options.Seed, c.Simulation.Seed)
	}
}

func TestPathsAreRelativeToTheStudy(t *testing.T) {
	folder := write(t, strings.Replace(boys, "network: complete", "network: edges.csv", 1), boysData)
	if err := os.WriteFile(filepath.Join(folder, "edges.csv"), []byte("from,to\n0,1\n0,763\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := Load(folder, models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Build(t.Context(), 1)
	want := filepath.Join(folder, FileName) + ":3:34: " + filepath.Join(folder, "edges.csv") + ":3: agent 763 does not exist; there are 763 agents, numbered 0 to 762"
	if err == nil || !says(err.Error(), want) {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestSettingsThatTheModelCannotServe(t *testing.T) {
	for assignment, want := range map[string]string{
		"index_cases=800":     "--set index_cases=800: index_cases is 800, more than the 763 agents",
		"network=/no/net.csv": "--set network=/no/net.csv: the network's edge list cannot be read: open /no/net.csv: no such file or directory",
	} {
		s := load(t, "quick:\n", "quick:\n")
		if err := s.Set(assignment); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Build(t.Context(), 1); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", assignment, err, want)
		}
	}
}
