package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nudge-abm/nudge/abm"
	"github.com/nudge-abm/nudge/cli"
	"github.com/nudge-abm/nudge/rng"
)

// Both forms of the step make the same runs.
func TestForms(t *testing.T) {
	setup := abm.NewSetup(model)
	if err := setup.Set("mean_degree", "2"); err != nil { // some agents have none
		t.Fatal(err)
	}
	if err := setup.Prepare(); err != nil {
		t.Fatal(err)
	}
	w := abm.NewWorld(setup, nil, nil)
	defer w.Close()
	for run := range uint64(10) {
		luck := rng.Seed{Master: 1, Run: run}
		if err := w.Run(setup.Theta(), luck); err != nil {
			t.Fatal(err)
		}
		discrete := w.Series(nil)
		if err := w.RunFull(setup.Theta(), luck); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(discrete, w.Series(nil)) {
			t.Fatalf("run %d: %v, but in full %v", run, discrete, w.Series(nil))
		}
	}
}

// Agents without contacts adopt and drop independently, so the expected share of
// users is known.
func TestWithoutContacts(t *testing.T) {
	var o struct{ Mean [][]float64 }
	call(t, &o, "run", "--runs", "50", "--set", "mean_degree=0", "--json")
	adopts, drops, users := -math.Expm1(-0.02), -math.Expm1(-0.1), 0.0
	for row, mean := range o.Mean {
		if se := math.Sqrt(users * (1 - users) / (50 * 500)); math.Abs(mean[0]-users) > 4*se {
			t.Errorf("row %d: %g users, want %g ± %g", row, mean[0], users, se)
		}
		users += adopts*(1-users) - drops*users
	}
}

// The study's data are what its file says.
func TestData(t *testing.T) {
	out := t.TempDir() + "/users.csv"
	call(t, nil, "run", "--seed", "7", "--set", "innovation=0.015", "--set", "imitation=0.6", "--set", "dropout=0.08",
		"--out", out, "--quiet")
	made, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("users.csv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, kept) {
		t.Errorf("users.csv is another run than that of the command in study.yaml")
	}
}

// The study finds what made its data.
func TestStudy(t *testing.T) {
	var o struct {
		Parameters map[string]struct{ Mean, SD float64 }
	}
	call(t, &o, "calibrate", "study.yaml", "--quick", "--json", "--quiet", "--out", t.TempDir())
	for name, truth := range map[string]float64{"innovation": 0.015, "imitation": 0.6, "dropout": 0.08} {
		if x := o.Parameters[name]; !(math.Abs(x.Mean-truth) < 3*x.SD) || x.SD > truth/2 {
			t.Errorf("%s is %g ± %g, the data were made with %g", name, x.Mean, x.SD, truth)
		}
	}
}

// call runs a command line and reads its JSON into o unless nil.
func call(t *testing.T, o any, args ...string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	program := cli.Program{Name: "adoption", Models: []*abm.Model{model}}
	if code := program.Run(args, &stdout, &stderr); code != 0 {
		t.Fatalf("%s: exit code %d: %s", strings.Join(args, " "), code, &stderr)
	}
	if o == nil {
		return
	}
	if err := json.Unmarshal(stdout.Bytes(), o); err != nil {
		t.Fatal(err)
	}
}
