package study

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate/loss"
	"github.com/nudge-abm/nudge/models"
)

// town is a study of weekly data of a daily model with two columns, of which
// some cells are missing, and numbers of tests in a third.
const town = `title: a town
model: sir
settings: {agents: 100, network: complete, index_cases: 10, units: counts}
parameters: {distancing_factor: 1, quarantine_compliance: 0}
data:
  file: boys.csv
  time: day
  start: 0
  every: 7
  ignore: weather
  columns:
    - {column: reported, observable: new_infections, aggregate: sum, factor: 0.5}
    - {column: positive, observable: infected}
calibrate:
  - {name: transmission, prior: log-normal, log_mean: -1, log_sd: 0.5}
  - {name: recovery, prior: log-normal, log_mean: -1.6, log_sd: 0.3}
loss: {LOSS}
`

const townData = `day,reported,positive,tested,weather
7,22,30,100,dry
14,NA,14,100,wet
21,4,12,70,wet
28,2,,,dry
35,NA,2,90,dry
`

// buildTown makes the study ready with a loss and says what its loss is.
func buildTown(t *testing.T, keys string) *Calibration {
	t.Helper()
	ignored := "weather"
	if !strings.Contains(keys, "tested") {
		ignored = "[weather, tested]"
	}
	file := strings.NewReplacer("LOSS", keys, "ignore: weather", "ignore: "+ignored).Replace(town)
	s, err := Library{Models: models.All(), Losses: []loss.Kind{total}}.Load(write(t, file, townData))
	if err != nil {
		t.Fatalf("%s: %v", keys, err)
	}
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatalf("%s: %v", keys, err)
	}
	return c
}

// Every kind of loss takes data on a coarser grid than the run's, with cells
// missing and several replicates, and differentiates them.
func TestLossesOfCoarseData(t *testing.T) {
	const tests = "columns: positive, kind: binomial, weight: 1, trials: tested"
	for keys, likelihood := range map[string]bool{
		"kind: squared-error, weight: 1":                                                                                  false,
		"kind: poisson, weight: 1, combine: marginal":                                                                     true,
		"kind: poisson, weight: 2":                                                                                        false,
		"kind: negative-binomial, weight: 1, overdispersion: 0.2, combine: mean":                                          true,
		"kind: binomial, weight: 1, trials: [agents, tested]":                                                             true,
		"kind: normal, weight: 1, sd: 3":                                                                                  true,
		"kind: log-normal, weight: 1, sd: 0.3, floor: 0.1":                                                                true,
		"kind: synthetic-likelihood, weight: 1, replicates: 9":                                                            true,
		"kind: synthetic-likelihood, weight: 1, replicates: 4, shrinkage: 0.5, sd: [1, 1]":                                true,
		"kind: synthetic-likelihood, weight: 1, summaries: [mean, maximum]":                                               true,
		"kind: synthetic-likelihood, weight: 1, replicates: 20, unbiased: true":                                           true,
		"kind: mmd, weight: 1, bandwidth_runs: 10":                                                                        false,
		"kind: energy-score, weight: 1":                                                                                   false,
		"kind: crps, weight: 1":                                                                                           false,
		"kind: pinball, weight: 1":                                                                                        false,
		"kind: signature, weight: 1":                                                                                      false,
		"kind: signature, weight: 1, replicates: 1, lift: linear, scale: [20, 30]":                                        false,
		"kind: own, weight: 1, name: total":                                                                               false,
		"kind: sum, weight: 1, terms: [{columns: reported, kind: poisson, weight: 1}, {" + tests + "}]":                   true,
		"kind: sum, weight: 1, terms: [{columns: reported, kind: poisson, weight: 3}, {" + tests + "}]":                   false,
		"kind: sum, weight: 0.5, terms: [{columns: reported, kind: poisson, weight: 1}, {" + tests + "}]":                 false,
		"kind: sum, weight: 1, terms: [{columns: reported, kind: mmd, weight: 5, bandwidth_runs: 10}, {" + tests + "}]":   false,
		"kind: sum, weight: 1, terms: [{kind: energy-score, weight: 2}, {columns: [positive], kind: crps, weight: 1e-1}]": false,
	} {
		c := buildTown(t, keys)
		if c.Likelihood != likelihood {
			t.Errorf("%s: is it a likelihood? %v", keys, c.Likelihood)
		}
		e, err := c.Simulation.Evaluator(c.Prior.Names())
		if err != nil {
			t.Fatalf("%s: %v", keys, err)
		}
		grad := make([]float64, 2)
		v, err := e.Evaluate([]float64{0.5, 0.2}, 1, grad)
		e.Close()
		if err != nil || math.IsNaN(v.Loss) || math.IsInf(v.Loss, 0) || !(math.Abs(grad[0]) > 0) || math.IsNaN(grad[1]) {
			t.Errorf("%s: %v, gradient %v, error %v", keys, v, grad, err)
		}
	}
}

// Terms share a parameter by its name, and the sum is written as it was read.
func TestSumIsWrittenAsItWasRead(t *testing.T) {
	const sum = `kind: sum, weight: 1, terms: [{columns: [in_bed], kind: negative-binomial, weight: 1}, {kind: mmd, weight: 1/2, bandwidth: 3}]`
	s := load(t, nb, sum)
	r := again(t, s)
	if diff := cmp.Diff(string(s.YAML()), string(r.YAML())); diff != "" {
		t.Error(diff)
	}
	if want := "  terms:\n    - columns: in_bed\n      kind: negative-binomial\n      weight: 1\n    - kind: mmd\n      weight: 1/2\n      bandwidth: 3\n"; !strings.Contains(string(s.YAML()), want) {
		t.Errorf("no %q in\n%s", want, s.YAML())
	}
}

func TestOwnLossRefuses(t *testing.T) {
	for keys, want := range map[string]string{
		"name: totl":                           `unknown loss of the program's own "totl"; did you mean "total"?; known are total`,
		"name: total, options: {powr: 3}":      `unknown option of total "powr"; did you mean "power"?; known are power`,
		"name: total, options: {power: three}": `power must be a number, not "three"`,
		"name: total, options: {power: -1}":    "the power must not be negative",
		"name: total, replicates: 0":           "replicates must be positive, is 0",
	} {
		file := strings.NewReplacer("LOSS", "kind: own, weight: 1, "+keys, "ignore: weather", "ignore: [weather, tested]").Replace(town)
		_, err := Library{Models: models.All(), Losses: []loss.Kind{total}}.Load(write(t, file, townData))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", keys, err, want)
		}
	}
}
