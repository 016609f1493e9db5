package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/models"
)

// regions is a study of two groups with data that the model makes.
const regions = `title: two regions
model: sir
settings: {agents: 60, network: complete, index_cases: 5, units: counts}
parameters: {distancing_factor: 1, quarantine_compliance: 0}
groups:
  - {name: north, parameters: {distancing_start: 3}}
  - {name: south, settings: {agents: 40}}
data:
  synthetic: {until: 12, seed: 2}
  start: 0
  every: 4
  columns:
    - {column: cases_north, observable: infected, group: north}
    - {column: cases_south, observable: infected, group: south}
    - {column: over_south, observable: recovered, group: south}
truth:
  transmission[north]: 0.6
  transmission[south]: 0.4
  recovery: 0.1
  overdispersion: 0.1
calibrate:
  - {name: transmission, by: group, prior: log-normal, log_mean: {prior: normal, mean: -1, sd: 0.5}, log_sd: {prior: half-normal, sd: 0.3}}
  - {name: recovery, prior: log-normal, log_mean: -2, log_sd: 0.3}
  - {name: overdispersion, prior: exponential, rate: 5}
loss: {kind: negative-binomial, weight: 1, replicates: 2, combine: marginal}
training: {steps: 3, draws: 2, kl_draws: 8, warmup: 2, validations: 1, validation_draws: 2}
posterior: {draws: 20, prior_draws: 10, check_runs: 2}
`

// loadRegions loads the study after edits.
func loadRegions(t *testing.T, edits ...string) *Study {
	t.Helper()
	s, err := Load(write(t, strings.NewReplacer(edits...).Replace(regions), boysData), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGroups(t *testing.T) {
	s := loadRegions(t)
	c, err := s.Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"transmission.log_mean", "transmission.log_sd", "transmission[north]", "transmission[south]", "recovery", "overdispersion"}
	if diff := cmp.Diff(names, c.Prior.Names()); diff != "" {
		t.Error(diff)
	}
	if n, m := c.Groups[0].Setup, c.Groups[1].Setup; n.Int("agents") != 60 || m.Int("agents") != 40 || n.Steps() != 13 || m.Steps() != 13 ||
		n.Theta()[n.Model.Parameter("distancing_start")] != 3 || m.Theta()[n.Model.Parameter("distancing_start")] != 10 {
		t.Error("the groups do not have their values")
	}
	if diff := cmp.Diff([]int{0, 1, 1}, c.Simulation.Grid.Groups); diff != "" {
		t.Error(diff)
	}
	want := "1 × negative-binomial"
	if got := c.Simulation.Loss.String(); strings.Count(strings.ToLower(got), want) != 2 || !strings.Contains(got, "of cases_south, over_south") {
		t.Errorf("the loss is %s", got)
	}
	r := again(t, s)
	if diff := cmp.Diff(string(s.YAML()), string(r.YAML())); diff != "" {
		t.Error(diff)
	}
	if s.Digest() != r.Digest() {
		t.Error("the digests differ")
	}
}

func TestResultOfGroups(t *testing.T) {
	s := loadRegions(t)
	c, err := s.Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Run(t.Context(), s, nil, Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	var derived []string
	for _, d := range r.Derived() {
		derived = append(derived, d.Name)
	}
	if diff := cmp.Diff([]string{"R0[north]", "R0[south]", "recovery_days"}, derived); diff != "" {
		t.Error(diff)
	}
	theta := r.Posterior.Theta[0]
	if got, want := r.Derived()[1].Posterior[0], theta[3]/theta[4]; math.Abs(got/want-1) > 1e-12 {
		t.Errorf("R0 of the south is %g, want %g", got, want)
	}
	if diff := cmp.Diff(map[string]float64{"transmission[north]": 0.6, "transmission[south]": 0.4, "recovery": 0.1, "overdispersion": 0.1}, r.Summary().Truth); diff != "" {
		t.Error(diff)
	}
	var figures, checked []string
	for _, f := range r.Figures() {
		figures = append(figures, f.Name)
	}
	for _, x := range r.Check.Summary {
		checked = append(checked, x.Parameter)
	}
	if diff := cmp.Diff([]string{"predictive", "marginals", "pairs", "training", "ranks", "gradient-infected-north", "gradient-infected-south", "gradient-recovered-south"}, figures); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"transmission[north]", "recovery[north]", "transmission[south]", "recovery[south]"}, slices.Compact(checked)); diff != "" {
		t.Error(diff)
	}
	if n := len(r.predictive().Panels); n != 3 {
		t.Errorf("%d panels", n)
	}
}

func TestRecoveryOfGroups(t *testing.T) {
	s := loadRegions(t)
	c, err := s.Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Recover(t.Context(), s, 3, nil, RecoveryHooks{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Summary(); len(got.Parameters) != 6 || got.Fits+got.Failed != 3 || !got.Likelihood {
		t.Errorf("recovered %v", got)
	}
}

// The other ways to have groups.
func TestEveryPriorByGroup(t *testing.T) {
	learned := "{name: transmission, by: group, prior: log-normal, log_mean: {prior: normal, mean: -1, sd: 0.5}, log_sd: {prior: half-normal, sd: 0.3}}"
	for entry, want := range map[string]string{
		"{name: transmission, prior: gamma, shape: 2, rate: 4}":            "transmission ~ Gamma(shape=2, rate=4)",
		"{name: transmission, by: group, prior: gamma, shape: 2, rate: 4}": "transmission[north] ~ Gamma(shape=2, rate=4)\ntransmission[south] ~ Gamma(shape=2, rate=4)",
		`{name: "transmission[south]", prior: gamma, shape: 2, rate: 4}`:   "transmission[south] ~ Gamma(shape=2, rate=4)",
		learned + "\n  - {name: initial, by: group, prior: logit-normal, logit_mean: {prior: uniform, low: -5, high: -2}, logit_sd: {prior: gamma, shape: 2, rate: 4}}": "initial.logit_mean ~ Uniform(lo=-5, hi=-2)\ninitial.logit_sd ~ Gamma(shape=2, rate=4)\n(initial[north], initial[south]) ~ LogitNormal(initial.logit_mean, initial.logit_sd)",
		learned + "\n  - {names: [quarantine_start, quarantine_end], by: group, prior: ordered-pair, low: 0, high: 60}":                                                 "(quarantine_start[south], quarantine_end[south]) ~ UniformOrderedPair(lo=0, hi=60)",
	} {
		s := loadRegions(t, learned, entry, "  synthetic: {until: 12, seed: 2}\n", "  file: boys.csv\n  time: day\n  gaps: allowed\n", "every: 4", "every: 1",
			"cases_north, observable: infected", "in_bed, observable: infected", "cases_south", "convalescent", "    - {column: over_south, observable: recovered, group: south}\n", "",
			"truth:\n  transmission[north]: 0.6\n  transmission[south]: 0.4\n  recovery: 0.1\n  overdispersion: 0.1\n", "")
		c, err := s.assemble()
		if err != nil {
			t.Error(err)
			continue
		}
		if got := c.Prior.String(); !strings.Contains(got, want) {
			t.Errorf("%s:\n%s\nwant %s", entry, got, want)
		}
		e, err := c.Simulation.Evaluator(c.Prior.Names())
		if err != nil {
			t.Error(err)
			continue
		}
		e.Close()
	}
}

// A loss with a number a column gives each group its own.
func TestLossOfGroups(t *testing.T) {
	s := loadRegions(t, "kind: negative-binomial, weight: 1, replicates: 2, combine: marginal", "kind: energy-score, weight: 1, replicates: 2, scale: [1, 2, 3]",
		"  - {name: overdispersion, prior: exponential, rate: 5}\n", "", "  overdispersion: 0.1\n", "")
	c, err := s.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Simulation.Loss.String(); !strings.Contains(got, "[1]") || !strings.Contains(got, "[2 3]") {
		t.Errorf("the loss is %s", got)
	}
}

// A setting may be calibrated in one group, and terms of a sum may be about columns of
// several; what stands for a setting is that of the group.
func TestStructureAndSumOfGroups(t *testing.T) {
	s := loadRegions(t, "prior: exponential, rate: 5}", "prior: exponential, rate: 5}\n  - {name: index_cases, by: group, prior: integer, low: 4, high: 6}\n  - {name: \"network[south]\", prior: choice, values: [complete, erdos-renyi]}",
		", index_cases: 5", "", "overdispersion: 0.1\n", "overdispersion: 0.1\n  index_cases[north]: 5\n  index_cases[south]: 6\n  network[south]: complete\n",
		"loss: {kind: negative-binomial, weight: 1, replicates: 2, combine: marginal}",
		"loss:\n  kind: sum\n  weight: 1\n  replicates: 2\n  terms:\n    - {kind: negative-binomial, weight: 1, columns: [cases_north, over_south]}\n    - {kind: binomial, weight: 1, columns: cases_south, trials: agents}")
	c, err := s.Build(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if n, m := c.Groups[0].Setup.Text("network"), c.Data.Values[0]+c.Data.Values[1]; n != "complete" || m == 0 {
		t.Errorf("the north is %s, of %v", n, c.Data.Values)
	}
	if got := c.Simulation.Loss.String(); !strings.Contains(got, "of cases_south") || !strings.Contains(got, "of over_south") || strings.Contains(got, "cases_north, over_south") {
		t.Errorf("the loss is %s", got)
	}
	r, err := c.Run(t.Context(), s, nil, Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	if v := r.Values(); len(v["index_cases[south]"]) == 0 || len(v["network[south]"]) == 0 || r.Check == nil {
		t.Errorf("values %v", v)
	}
	if diff := cmp.Diff(string(s.YAML()), string(again(t, s).YAML())); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesInGroups(t *testing.T) {
	for _, x := range []struct{ from, to, want string }{
		{"group: north}", "group: nort}", `study.yaml:13:58: unknown group "nort"; did you mean "north"?; known are north, south`},
		{"observable: infected, group: north", "observable: infected", `study.yaml:13:16: say which group column "cases_north" observes with the key group: north, south`},
		{"group: north}", "group: south}", `study.yaml:6:12: no column of the data observes group "north": give one the key group with this value`},
		{"name: south,", "name: north,", `study.yaml:7:12: two groups are named "north"`},
		{"name: south,", `name: "so[uth",`, `study.yaml:7:12: the name of a group must be without brackets, commas and equals signs, is "so[uth"`},
		{"{agents: 40}", "{agnets: 40}", `study.yaml:7:30: unknown setting "agnets"; did you mean "agents"?; known are …`},
		{"{agents: 40}", "{agents: 0}", "study.yaml:7:38: agents must be at least 1, is 0"},
		{"{agents: 40}", "{agents: 40, dt: 1/2}", "study.yaml:7:42: all groups have rows at the same times: set dt under settings of the study"},
		{"distancing_start: 3", "transmission: 3", "study.yaml:6:46: transmission is calibrated in group north, so it cannot have a fixed value as well"},
		{"distancing_factor: 1,", "distancing_factor: 1, transmission: 1,", "study.yaml:4:50: transmission is calibrated, so it cannot have a fixed value as well"},
		{"distancing_start: 3", "distancing_start: 40", "study.yaml:6:50: distancing_start must be below distancing_end, but 40 ≥ 35"},
		{"by: group", "by: region", `study.yaml:22:30: by must be one of group, not "region"`},
		{"by: group, ", "", "study.yaml:22:55: only several groups can tell of it: add the key by with the value group, or write a number"},
		{"log_sd: {prior: half-normal, sd: 0.3}", "log_sd: 0.3", "study.yaml:22:110: log_sd must have a prior, since log_mean has one: for example {prior: half-normal, sd: 0.3}"},
		{"log_sd: {prior: half-normal, sd: 0.3}", "log_sd: {prior: normal, mean: 0, sd: 0.3}", "study.yaml:22:110: log_sd must be positive, but its prior goes from -Inf to +Inf"},
		{"log_sd: {prior: half-normal, sd: 0.3}", "log_sd: {prior: half-normal, name: x, sd: 0.3}", `study.yaml:22:131: unknown half-normal prior key "name"; known are prior, sd`},
		{"log_sd: {prior: half-normal, sd: 0.3}", "log_sd: {prior: dirichlet}", `study.yaml:22:118: unknown prior "dirichlet"; known are …`},
		{"log_sd: {prior: half-normal, sd: 0.3}", "log_sd: {prior: half-normal, sd: 0}", "study.yaml:22:135: sd must be positive, is 0"},
		{"log_mean: {prior: normal, mean: -1, sd: 0.5}", "log_mean: {prior: log-normal, log_mean: {prior: uniform, low: 0, high: 1}, log_sd: 1}", "study.yaml:22:66: the prior of log_mean must be in numbers"},
		{"name: recovery", `name: "transmission[north]"`, `study.yaml:23:12: parameter "transmission[north]" has two priors`},
		{"name: recovery", `name: "recovery[east]"`, `study.yaml:23:12: unknown group "east"; known are north, south`},
		{"name: overdispersion", "name: overdispersion, by: group", "study.yaml:24:12: overdispersion belongs to the loss, which all groups share: leave out by"},
		{"transmission[north]: 0.6", "transmission[east]: 0.6", `study.yaml:17:3: unknown calibrated parameter "transmission[east]"; did you mean "transmission[north]"?; known are …`},
		{"transmission[north]: 0.6\n  ", "", "study.yaml:9:22: synthetic data need the value of every calibrated parameter under truth; that of transmission[north] is missing"},
		{"weight: 1", "weight: 1, scale: [1, 2]", "…"},
	} {
		file := replace(t, regions, x.from, x.to)
		if strings.HasPrefix(x.to, "weight") {
			file = replace(t, replace(t, file, "negative-binomial", "crps"), ", combine: marginal", "")
			file = replace(t, file, "  - {name: overdispersion, prior: exponential, rate: 5}\n", "")
			x.want = "study.yaml:23:39: scale must hold one number a column: there are 3 columns and 2 numbers"
			file = replace(t, file, "  overdispersion: 0.1\n", "")
		}
		if got := loadError(t, file, boysData); !says(got, x.want) {
			t.Errorf("%s:\n got %s\nwant %s", x.to, got, x.want)
		}
	}
	if got := loadError(t, replace(t, boys, "observable: infected", "observable: infected, group: north"), boysData); !says(got, "study.yaml:12:53: the study has no groups; they are listed under the key groups") {
		t.Error(got)
	}
	if got := loadError(t, replace(t, boys, "name: recovery", "name: recovery, by: group"), boysData); !says(got, "study.yaml:15:26: the study has no groups; they are listed under the key groups") {
		t.Error(got)
	}
}
