package study

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nudge-abm/nudge/models"
)

// outbreak is a small study of a made outbreak whose beginning and network are not
// known.
const outbreak = `title: an outbreak of unknown beginning
model: sir
settings: {agents: 60, units: counts}
parameters: {distancing_factor: 1, quarantine_compliance: 0}
data:
  synthetic: {until: 10}
  start: 0
  columns:
    - {column: ill, observable: infected}
calibrate:
  - {name: transmission, prior: log-normal, log_mean: -1, log_sd: 0.5}
  - {name: index_cases, prior: integer, low: 1, high: 6}
  - {name: network, prior: choice, values: [erdos-renyi, complete], probabilities: [0.7, 0.3]}
  - {name: recovery, prior: choice, values: [1/4, 0.1]}
truth: {transmission: 0.6, index_cases: 3, network: complete, recovery: 0.1}
loss: {kind: normal, weight: 1, sd: 3, replicates: 2, combine: mean}
flow: {kind: affine, layers: 1, hidden: 4, blocks: 1}
training: {steps: 25, draws: 3, warmup: 5, kl_draws: 16, validations: 3, validation_draws: 4}
posterior: {draws: 60, prior_draws: 20, check_runs: 4}
`

func TestMistakesInDiscretePriors(t *testing.T) {
	if got := loadError(t, outbreak, boysData); got != "" {
		t.Fatalf("the study without edits: %s", got)
	}
	for _, x := range []struct{ from, to, want string }{
		{"low: 1, high: 6", "low: 7, high: 6", "study.yaml:12:55: high must be above low, which is 7, is 6"},
		{"low: 1, high: 6", "low: 1.5, high: 6", "study.yaml:12:46: an integer prior goes from one whole number to another; this is 1.5"},
		{"low: 1, high: 6", "low: -1, high: 6", "study.yaml:12:46: index_cases must be at least 0, is -1"},
		{"high: 6", "high: 3, probabilities: [0.5, 0.5]", "study.yaml:12:74: there are 3 values but 2 probabilities"},
		{"[0.7, 0.3]", "[0.7, 0.4]", "study.yaml:13:85: the probabilities must sum to 1, they sum to 1.1"},
		{"[0.7, 0.3]", "[0, 1]", "study.yaml:13:85: probabilities must be positive, is 0"},
		{"values: [1/4, 0.1]", "values: [0.1, 1/10]", "study.yaml:14:29: the value 0.1 is given twice"},
		{"values: [1/4, 0.1]", "values: [0.1]", "study.yaml:14:29: at least two values are needed to choose from"},
		{"values: [1/4, 0.1]", "values: [-1, 0.1]", "study.yaml:14:12: the prior of recovery goes from -1 to 0.1, but recovery must be zero or positive"},
		{"values: [1/4, 0.1]", "values: [slow, 0.1]", "study.yaml:14:12: recovery is a number, so the values to choose from must be numbers"},
		{"units: counts", "units: counts, index_cases: 2", "study.yaml:3:52: index_cases is calibrated, so it cannot have a fixed value as well"},
		{"prior: integer, low", "prior: uniform, low", "study.yaml:12:12: index_cases is a setting, in which runs have no derivative: give it the prior integer or choice"},
		{"name: index_cases", "name: steps", "study.yaml:12:12: steps cannot be calibrated: which rows the data are compared with depends on it"},
		{"index_cases: 3", "index_cases: 9", "study.yaml:15:41: index_cases has no value 9 under its prior Integer(low=1, high=6)"},
		{"network: complete", "network: ring", "study.yaml:15:53: network must be one of erdos-renyi, complete, not \"ring\""},
		{"steps: 25", "gradient: pathwise, steps: 25", "study.yaml:18:22: the variational gradient pathwise follows the loss as parameters move, but the loss jumps where a discrete parameter does; choose mixed, or leave-one-out"},
		{"draws: 3", "draws: 1", "study.yaml:18:30: discrete parameters need at least 2 draws a step"},
		{"name: network, prior: choice, values: [erdos-renyi, complete], probabilities: [0.7, 0.3]", "name: units, prior: choice, values: [counts, percent]",
			`study.yaml:13:51: units must be one of shares, counts, not "percent"`},
	} {
		got := loadError(t, replace(t, outbreak, x.from, x.to), boysData)
		if !says(got, x.want) {
			t.Errorf("%s:\n got %s\nwant %s", x.to, got, x.want)
		}
	}
}

// A value that the model cannot serve with the others is found before the fit, at
// its place.
func TestValuesAreTriedBeforeTheFit(t *testing.T) {
	folder := write(t, replace(t, outbreak, "low: 1, high: 6", "low: 1, high: 61"), boysData)
	s, err := Load(folder, models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = s.Build(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "study.yaml:12:55: index_cases is 61, more than the 60 agents") {
		t.Error(err)
	}
}

// A study with integers and choices, among them settings of the model, goes from
// its file to all its results and back.
func TestDiscreteStudyFromBeginningToEnd(t *testing.T) {
	s, err := Load(write(t, outbreak, boysData), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	var all []Summary
	var folder string
	for _, workers := range []int{1, 3} {
		c, err := s.Build(t.Context(), workers)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Run(t.Context(), s, nil, Hooks{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Summary())
		if workers > 1 {
			continue
		}
		folder = t.TempDir()
		for _, d := range r.Documents() {
			path := filepath.Join(folder, filepath.FromSlash(d.Name))
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			out, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Write(out); err != nil {
				t.Errorf("%s: %v", d.Name, err)
			}
			out.Close()
		}
		for _, row := range r.Check.Summary {
			if row.Parameter != "transmission" {
				t.Errorf("the gradient in %s is checked", row.Parameter)
			}
		}
	}
	if diff := cmp.Diff(all[0], all[1], cmpopts.IgnoreUnexported(PredictiveCheck{})); diff != "" {
		t.Errorf("one worker and three: %s", diff)
	}
	total := 0.0
	for _, p := range all[0].Values["network"] {
		total += p.Posterior
		if want := map[string]float64{"erdos-renyi": 0.7, "complete": 0.3}[p.Value]; p.Prior != want {
			t.Errorf("%s has prior probability %g, want %g", p.Value, p.Prior, want)
		}
	}
	if total < 1-1e-9 || total > 1+1e-9 || all[0].Truth["network"] != 1 {
		t.Errorf("probabilities %v, truth %v", all[0].Values["network"], all[0].Truth)
	}
	saved, err := LoadSaved(folder, models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	draws := saved.Draw(50, 1)
	for _, theta := range draws.Theta {
		if f := saved.LogDensity(theta); f-f != 0 {
			t.Errorf("log density %v at a draw", f)
		}
	}
	if p := saved.Parameters[2]; InWords(p.Probabilities(draws.Column(2))) == "" {
		t.Error("the saved posterior tells no probabilities")
	}
}

func TestLawsInWords(t *testing.T) {
	s, err := Load(write(t, outbreak, boysData), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.assemble()
	if err != nil {
		t.Fatal(err)
	}
	p := c.Parameters[2]
	got := p.Probabilities([]float64{1, 1, 0, 1})
	want := []Probability{{"complete", 0.75, 0.3}, {"erdos-renyi", 0.25, 0.7}}
	if diff := cmp.Diff(want, got); diff != "" || InWords(got) != "complete (75 %), erdos-renyi (25 %)" {
		t.Errorf("%s, %s", diff, InWords(got))
	}
	if p.mode([]float64{0, 1, 1}) != 1 || p.changed([]float64{1}) != 0.7 {
		t.Errorf("mode %v, changed by %v", p.mode([]float64{0, 1, 1}), p.changed([]float64{1}))
	}
	if c.Options.Gradient != "" || c.Prior.Leading() != 3 || c.Simulation.Structure == nil {
		t.Errorf("gradient %q, %d leading coordinates", c.Options.Gradient, c.Prior.Leading())
	}
}
