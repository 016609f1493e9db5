package study

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	_, err := Load(folder)
	if err == nil {
		return ""
	}
	var m *Mistake
	if !errors.As(err, &m) {
		t.Errorf("%v is not a Mistake", err)
	}
	return strings.ReplaceAll(err.Error(), folder+string(filepath.Separator), "")
}

// broken are edits of the study file and what they lead to.
var broken = []struct{ name, from, to, want string }{
	// Syntax and keys.
	{"syntax", "agents: 763,", "agents: [763,", ""},
	{"two keys", "title: boys in bed", "title: a\ntitle: b", ""},
	{"nothing", boys, "# nothing\n", ""},
	{"two documents", "model: sir", "---\nmodel: sir", ""},
	{"a list", boys, "- 1\n", ""},
	{"unknown key", "training:", "trainin:", ""},
	{"unknown key inside", "draws: 4", "drawz: 4", ""},
	{"missing key", "model: sir\n", "", ""},
	{"missing key inside", "  time: day\n", "", ""},
	{"key of another kind", "rate: 5", "rate: 5, sd: 1", ""},
	{"missing argument", ", sd: 1", "", ""},
	{"no kind", "kind: negative-binomial, ", "", ""},
	{"anchor", "start: 1", "start: &one 1", ""},
	{"list for a word", "title: boys in bed", "title: [boys]", ""},
	{"word for a section", "training: {steps: 600, draws: 4}", "training: long", ""},
	{"word for a list", "calibrate:\n", "calibrate: all\nseed:\n", ""},
	{"no calibrated parameter", boys[strings.Index(boys, "calibrate:"):strings.Index(boys, "loss:")], "calibrate: []\n", ""},
	{"empty value", "title: boys in bed", "title:", ""},
	// Numbers.
	{"not a number", "start: 1", "start: one", ""},
	{"octal is no number", "sd: 1", "sd: 0x10", ""},
	{"fraction by zero", "start: 1", "start: 1/0", ""},
	{"infinite", "sd: 1", "sd: inf", ""},
	{"half a step", "steps: 600", "steps: 600.5", ""},
	{"no draws", "draws: 4", "draws: 0", ""},
	{"negative steps", "steps: 600", "steps: -1", ""},
	{"negative every", "every: 1", "every: -1", ""},
	// The model.
	{"unknown model", "model: sir", "model: sirr", ""},
	{"unknown setting", "agents: 763", "agnets: 763", ""},
	{"parameter as setting", "agents: 763", "agents: 763, initial: 0.1", ""},
	{"setting out of range", "agents: 763", "agents: 0", ""},
	{"setting of another type", "agents: 763", "agents: all", ""},
	{"unknown word", "units: counts", "units: count", ""},
	{"zero step", "dt: 1/24", "dt: 0/24", ""},
	{"unknown parameter", "quarantine_compliance: 0", "quarantine_complience: 0", ""},
	{"setting as parameter", "quarantine_compliance: 0", "agents: 7", ""},
	{"probability 1.2", "quarantine_compliance: 0", "quarantine_compliance: 1.2", ""},
	{"start not before end", "quarantine_compliance: 0", "quarantine_start: 30", ""},
	{"calibrated and fixed", "quarantine_compliance: 0", "recovery: 0.1", ""},
	// The data.
	{"no such file", "file: boys.csv", "file: girls.csv", ""},
	{"unknown time column", "time: day", "time: date", ""},
	{"unknown column", "column: in_bed", "column: inbed", ""},
	{"unknown observable", "observable: infected", "observable: infcted", ""},
	{"unknown aggregate", "observable: infected", "observable: infected, aggregate: total", ""},
	{"factor zero", "observable: infected", "observable: infected, factor: 0", ""},
	{"unnamed column", "  ignore: convalescent\n", "", ""},
	{"ignored and used", "ignore: convalescent", "ignore: [convalescent, in_bed]", ""},
	{"unknown ignored", "ignore: convalescent", "ignore: [convalescent, beds]", ""},
	{"used twice", "observable: infected}", "observable: infected}\n    - {column: in_bed, observable: recovered}", ""},
	{"every unknown", "  every: 1\n", "", ""},
	{"gaps neither", "every: 1", "gaps: perhaps", ""},
	{"another spacing", "every: 1", "every: 2", ""},
	{"run starts too late", "start: 1", "start: 2", ""},
	{"run too short", "dt: 1/24", "dt: 1/24, steps: 80", ""},
	{"not on a step", "dt: 1/24", "dt: 0.3", ""},
	// Priors.
	{"unknown prior", "prior: exponential", "prior: exponental", ""},
	{"negative sd", "sd: 1", "sd: -1", ""},
	{"low above high", "low: 0}", "low: 3, high: 2}", ""},
	{"no mass", "low: 0}", "low: 200}", ""},
	{"unknown calibrated parameter", "name: transmission", "name: transmision", ""},
	{"two priors", "name: recovery", "name: transmission", ""},
	{"prior beyond support", ", low: 0}", "}", ""},
	{"prior of a probability", "name: recovery", "name: initial", ""},
	{"no prior for the loss", "  - {name: overdispersion, prior: exponential, rate: 5}\n", "", ""},
	{"prior for a fixed nuisance", "weight: 1", "weight: 1, overdispersion: 0.1", ""},
	{"prior for no nuisance", "kind: negative-binomial", "kind: poisson", ""},
	{"dates out of order", "calibrate:\n", "calibrate:\n  - {name: quarantine_start, prior: uniform, low: 0, high: 40}\n", ""},
	{"pair out of order", "calibrate:\n", "calibrate:\n  - {names: [quarantine_end, quarantine_start], prior: ordered-pair, low: 0, high: 40}\n", ""},
	{"pair of one", "calibrate:\n", "calibrate:\n  - {names: quarantine_end, prior: ordered-pair, low: 0, high: 40}\n", ""},
	{"shares", "calibrate:\n", "calibrate:\n  - {names: [initial, quarantine_end], prior: dirichlet, concentration: 1}\n", ""},
	// Loss, estimator, flow, the rest.
	{"unknown loss", "kind: negative-binomial", "kind: negative-binomal", ""},
	{"weightless", "weight: 1", "weight: 0", ""},
	{"weight left out", "weight: 1, ", "", ""},
	{"unknown combine", "combine: marginal", "combine: margin", ""},
	{"more than all", "weight: 1", "weight: 1, replicates: 2, gradient_runs: 3", ""},
	{"nuisance of the model's name", "weight: 1", "weight: 1, parameter: recovery", ""},
	{"wrong bandwidths", "kind: negative-binomial, weight: 1, combine: marginal", "kind: mmd, weight: 1, bandwidth: [1, 2]", ""},
	{"wrong scales", "kind: negative-binomial, weight: 1, combine: marginal", "kind: crps, weight: 1, scale: [1, 2]", ""},
	{"level", "kind: negative-binomial, weight: 1, combine: marginal", "kind: pinball, weight: 1, levels: [0.5, 1]", ""},
	{"form", "kind: negative-binomial, weight: 1, combine: marginal", "kind: squared-error, weight: 1, form: log", ""},
	{"flag", "kind: negative-binomial, weight: 1, combine: marginal", "kind: crps, weight: 1, biased: maybe", ""},
	{"unknown estimator", "training:", "estimator: {name: straight}\ntraining:", ""},
	{"unknown option", "training:", "estimator: {name: finite-difference, options: {pilots: 3}}\ntraining:", ""},
	{"unknown flow", "training:", "flow: {kind: afine}\ntraining:", ""},
	{"no layers", "training:", "flow: {kind: affine, layers: 0}\ntraining:", ""},
	{"layers of a Gaussian", "training:", "flow: {kind: full-rank, layers: 4}\ntraining:", ""},
	{"too many bins", "training:", "flow: {kind: spline, bins: 1000}\ntraining:", ""},
	{"seed", "training:", "seed: -1\ntraining:", ""},
	{"unknown truth", "training:", "truth: {initial: 0.1}\ntraining:", ""},
	{"impossible truth", "training:", "truth: {recovery: -0.1}\ntraining:", ""},
	{"unknown section under quick", "quick:\n", "quick:\n  data: {start: 2}\n", ""},
	{"mistake under quick", "steps: 10", "stepps: 10", ""},
	{"meaning under quick", "quick:\n", "quick:\n  settings: {dt: 0.3}\n", ""},
}

func TestMistakesInTheStudy(t *testing.T) {
	if got := loadError(t, boys, boysData); got != "" {
		t.Fatalf("the study without edits: %s", got)
	}
	for _, x := range broken {
		if strings.Count(boys, x.from) == 0 {
			t.Fatalf("%s: nothing to edit", x.name)
		}
		got := loadError(t, strings.Replace(boys, x.from, x.to, 1), boysData)
		t.Logf("%s:\n%s\n", x.name, got)
	}
}

// brokenData are edits of the data and what they lead to.
var brokenData = []struct{ name, from, to, want string }{
	{"empty file", boysData, "", ""},
	{"only a header", boysData, "day,in_bed,convalescent\n", ""},
	{"semicolons", boysData, "day;in_bed\n1;3\n", ""},
	{"nameless column", "convalescent", "", ""},
	{"same name", "convalescent", "day", ""},
	{"ragged row", "3,26,0", "3,26", ""},
	{"stray quote", "3,26,0", "3,\"26,0", ""},
	{"text cell", "26", "many", ""},
	{"not a number", "26", "NaN", ""},
	{"infinite", "26", "Inf", ""},
	{"fraction", "26", "26/1", ""},
	{"negative count", "26", "-26", ""},
	{"half a boy", "26", "26.5", ""},
	{"missing day", "3,26,0\n", "", ""},
	{"missing time", "3,26,0", ",26,0", ""},
	{"date", "3,26,0", "1978-01-24,26,0", ""},
	{"twice", "3,26,0", "2,26,0", ""},
	{"back in time", "3,26,0", "0,26,0", ""},
	{"between days", "3,26,0", "2.5,26,0", ""},
	{"nothing observed", boysData, "day,in_bed,convalescent\n1,,0\n2,NA,0\n", ""},
}

func TestMistakesInTheData(t *testing.T) {
	for _, x := range brokenData {
		got := loadError(t, boys, strings.Replace(boysData, x.from, x.to, 1))
		t.Logf("%s:\n%s\n", x.name, got)
	}
}

func TestMistakesOnTheCommandLine(t *testing.T) {
	for _, a := range []string{"agents", "agnets=1", "agents=0", "recovery=1", "initial=1.2", "dt=1/3x", "steps=3", "quarantine_end=3", "=3", "quarantine_start=30","dt=0.3"} {
		s, _ := Load(write(t, boys, boysData))
		t.Log(s.Set(a))
	}
	s, _ := Load(write(t, boys, boysData))
	t.Log(s.SetEstimator("stright", nil))
	t.Log(s.SetEstimator("finite-difference", map[string]string{"pilot": "2"}))
	for _, x := range []string{"index_cases=800", "network=/nonexistent/x.csv", "network_seed=-1", "mean_degree=-3"} {
		s, _ := Load(write(t, boys, boysData))
		if strings.HasPrefix(x,"network_seed")||strings.HasPrefix(x,"mean") { if err:= s.Set("network=erdos-renyi");err!=nil{t.Fatal(err)}}
		t.Log(s.Set(x))
		_, err := s.Build(t.Context(), 1)
		t.Log(err)
	}
	for _, x := range []string{"nowhere", "boarding-scool", "./nowhere", "nowhere.yaml", t.TempDir()} {
		_, err := Load(x)
		t.Log(err)
	}
	t.Log(Copy("boarding", "x"))
}
