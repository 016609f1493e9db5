package cli

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// killed is a calibration of no time whose loss is no likelihood, so that it goes
// through all stages.
const killed = `title: A small epidemic
model: sir
settings: {agents: 40, network: complete, units: counts, index_cases: 4}
parameters: {distancing_factor: 1, quarantine_compliance: 0}
data:
  synthetic: {until: 8, seed: 1}
  start: 0
  every: 2
  columns:
    - {column: sick, observable: infected}
truth: {transmission: 0.6, recovery: 0.2}
calibrate:
  - {name: transmission, prior: log-normal, log_mean: -0.5, log_sd: 0.5}
  - {name: recovery, prior: log-normal, log_mean: -1.5, log_sd: 0.5}
loss: {kind: energy-score, weight: 3, replicates: 2}
flow: {kind: affine, layers: 2, hidden: 8}
training: {steps: 300, draws: 3, warmup: 60, learning_rate: 0.01, validations: 4, validation_draws: 6}
posterior: {draws: 30, prior_draws: 20, check_runs: 4, weight_steps: 10}
`

// calibration starts the verb in a process of its own.
func calibration(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = append([]string{"nudge", "calibrate"}, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// files returns the contents of all files below a folder by their paths.
func files(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		all[name] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A calibration that is killed at any moment and resumed ends in the same files.
// NUDGE_KILLS says how many times to try, 2 unless given.
func TestKilledAndResumed(t *testing.T) {
	kills := 2
	if n, err := strconv.Atoi(os.Getenv("NUDGE_KILLS")); err == nil {
		kills = n
	}
	study := filepath.Join(t.TempDir(), "study.yaml")
	if err := os.WriteFile(study, []byte(killed), 0o666); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole")
	began := time.Now()
	if err := calibration(t, study, "--out", whole).Wait(); err != nil {
		t.Fatal(err)
	}
	took, want := time.Since(began), files(t, whole)
	for i := range kills {
		out := filepath.Join(t.TempDir(), "out")
		first := calibration(t, study, "--out", out)
		after := time.Duration(rand.Float64() * float64(took)) // any moment: not a seeded one
		time.Sleep(after)
		first.Process.Kill()
		ended := first.Wait() == nil
		_, err := os.Stat(filepath.Join(out, checkpointFile))
		if err := calibration(t, study, "--out", out, "--resume").Wait(); err != nil {
			t.Fatal(err)
		}
		t.Logf("kill %d after %v of %v; a checkpoint: %v, ended before: %v", i+1, after, took, err == nil, ended)
		if diff := cmp.Diff(names(want), names(files(t, out))); diff != "" {
			t.Errorf("other files: %s", diff)
		}
		for name, content := range files(t, out) {
			if !bytes.Equal(content, want[name]) {
				t.Errorf("%s differs after a kill at %v of %v", name, after, took)
			}
		}
	}
}

func names(all map[string][]byte) map[string]bool {
	n := map[string]bool{}
	for name := range all {
		n[name] = true
	}
	return n
}
