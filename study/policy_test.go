package study

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/models"
)

// beds is a small study of a policy.
const beds = `title: beds
model: sir
settings: {agents: 60, network: complete, steps: 21, index_cases: 3}
parameters: {transmission: 0.5, recovery: 0.2, quarantine_compliance: 0}
policy:
  - {names: [distancing_start, distancing_end], low: 0, high: 20}
  - {name: distancing_factor, low: 0.2, high: 1}
without: {distancing_factor: 1}
objective:
  outcomes:
    - {observable: new_infections, over: sum, weight: 1}
  costs:
    - {name: distancing, weight: 0.01, product: [distancing_end - distancing_start, 1 - distancing_factor]}
  constraints:
    - {observable: infected, over: max, below: 0.3, probability: 0.9, penalty: 0.5}
optimize: {steps: 4, runs: 2, starts: 2, candidates: 4, validation_runs: 4, rounds: 1, fresh_runs: 8}
grid: {points: 3, runs: 2}
tradeoff: {factors: [0.5, 2]}
around: {runs: 2, points: 3}
quick:
  optimize: {steps: 2}
`

func writePolicy(t *testing.T, text string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, FileName), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return folder
}

func loadPolicy(t *testing.T, text string) *Policy {
	t.Helper()
	s, err := LoadPolicy(writePolicy(t, text), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPolicyMistakes(t *testing.T) {
	for _, x := range []struct{ from, to, want string }{
		{"without:", "witout:", `study.yaml:8:1: unknown study key "witout"; did you mean "without"?`},
		{"penalty: 0.5", "penality: 0.5", `unknown constraint key "penality"; did you mean "penalty"?; known are observable, over, from, to, below, probability, penalty`},
		{"over: sum", "over: total", "study.yaml:11:42: over must be one of sum, mean, max, last, not \"total\""},
		{"observable: infected", "observable: infect", `study.yaml:15:20: unknown observable "infect"; did you mean "infected"?`},
		{"1 - distancing_factor", "1 - distancing_facto", `study.yaml:13:85: unknown parameter "distancing_facto"`},
		{"1 - distancing_factor", "1 * 2", `"1 * 2" is not a sum`},
		{"probability: 0.9", "probability: 1", "study.yaml:15:66: probability must be between 0 and 1, is 1"},
		{"penalty: 0.5", "penalty: 0.5, from: 30", "from must be at most 20, is 30"},
		{"penalty: 0.5", "penalty: 0.5, to: 30", "to must be at most 20, the last row of a run, is 30"},
		{"low: 0.2, high: 1", "low: 0.2, high: 0.1", "study.yaml:7:47: high must be above low, which is 0.2, is 0.1"},
		{"low: 0.2", "low: -1", "distancing_factor must be zero or positive, so it cannot be chosen as -1"},
		{"names: [distancing_start, distancing_end]", "name: distancing_end", "distancing_start must be below distancing_end, but it may be as high as 10 and distancing_end as low as 0: choose both as names: [distancing_start, distancing_end], or narrow them"},
		{"names: [distancing_start, distancing_end]", "names: [distancing_start]", "an entry of policy has either name, or names"},
		{"name: distancing_factor", "name: factor", `unknown parameter "factor"`},
		{"name: distancing_factor", "name: distancing_end", "distancing_end is chosen twice"},
		{"quarantine_compliance: 0", "distancing_factor: 0", "study.yaml:4:67: distancing_factor is chosen, so it cannot have a fixed value as well"},
		{"without: {distancing_factor: 1}", "without: {recovery: 1}", `unknown parameter of the policy "recovery"`},
		{"grid: {points: 3,", "grid: {points: 1,", "points must be at least 2, is 1"},
		{"grid: {points: 3,", "grid: {points: 200,", "the grid would take about 1.6e+07 runs, more than 2000000"},
		{"grid: {points: 3,", "grid: {parameters: recovery, points: 3,", `unknown parameter of the policy "recovery"`},
		{"tradeoff: {factors: [0.5, 2]}", "tradeoff: {factors: [0, 2]}", "factors must be positive, is 0"},
		{"  optimize: {steps: 2}", "  flow: {kind: affine}", `unknown quick key "flow"`},
		{"  optimize: {steps: 2}", "  optimize: {steps: 0}", "steps must be positive, is 0 (with the changes of quick)"},
		{"title: beds", "title: beds\nestimator: {name: flap}", `unknown estimator "flap"; did you mean "flip"?`},
		{"title: beds", "title: beds\nposterior: nowhere", ""},
		{"policy:", "calibrate: []\npolicy:", "study.yaml:5:1: this study is about data, not about a policy: the verb for it is calibrate"},
		{beds[strings.Index(beds, "  outcomes:"):strings.Index(beds, "  costs:")], "", ""},
	} {
		folder := writePolicy(t, replace(t, beds, x.from, x.to))
		_, err := LoadPolicy(folder, models.All()...)
		if x.want == "" {
			if err != nil {
				t.Errorf("%q: %v", x.to, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q: %v\nwant %s", x.to, err, x.want)
			continue
		}
		if m := new(Mistake); !errors.As(err, &m) {
			t.Errorf("%v is not a Mistake", err)
		}
	}
	if _, err := Load(writePolicy(t, beds), models.All()...); err == nil || !strings.Contains(err.Error(), "study.yaml:5:1: this study is about a policy") {
		t.Errorf("as a calibration: %v", err)
	}
}

func TestPolicyBuilds(t *testing.T) {
	s := loadPolicy(t, beds)
	d, err := s.Build(1)
	if err != nil {
		t.Fatal(err)
	}
	if gate := d.Problem.Setup.Text("gate"); gate != "fractional" {
		t.Errorf("the gate is %s", gate)
	}
	if d := cmp.Diff([]float64{10, 15, 1}, d.Without, cmp.Comparer(func(a, b float64) bool { return a-b < 5 && b-a < 5 })); d != "" {
		t.Error(d)
	}
	if err := s.Set("gate=hard"); err != nil {
		t.Fatal(err)
	}
	if d, err = s.Build(1); err != nil || d.Problem.Setup.Text("gate") != "hard" {
		t.Errorf("a gate that is given is not kept: %v", err)
	}
}

// The study as run is a study that repeats the run.
func TestPolicyAsRun(t *testing.T) {
	s := loadPolicy(t, beds)
	if err := s.Quick(); err != nil {
		t.Fatal(err)
	}
	if err := s.Set("agents=50"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetEstimator("flip", map[string]string{"flips": "7"}); err != nil {
		t.Fatal(err)
	}
	s.SetSeed(9)
	again := loadPolicy(t, string(s.YAML()))
	if s.Digest() != again.Digest() {
		t.Errorf("the study as run is another one:\n%s\n%s", s.YAML(), again.YAML())
	}
	if s.Digest() == loadPolicy(t, beds).Digest() {
		t.Error("changes do not change the digest")
	}
}

func TestPolicyAtAPosterior(t *testing.T) {
	fitted := write(t, boys, boysData)
	draws := "draw,transmission,recovery,overdispersion\n1,0.5,0.2,1\n2,0.6,0.3,1\n"
	if err := os.WriteFile(filepath.Join(fitted, PosteriorFile), []byte(draws), 0o666); err != nil {
		t.Fatal(err)
	}
	s := loadPolicy(t, beds)
	before := s.Digest()
	if err := s.SetPosterior(fitted); err != nil {
		t.Fatal(err)
	}
	if s.Digest() == before {
		t.Error("the posterior does not change the digest")
	}
	d, err := s.Build(1)
	if err != nil {
		t.Fatal(err)
	}
	b := d.Problem.Belief
	if diff := cmp.Diff([][]float64{{0.5, 0.2}, {0.6, 0.3}}, b.Draws); diff != "" || b.Names[0] != "transmission" {
		t.Errorf("%v: %s", b.Names, diff)
	}
	if err := s.SetPosterior(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Build(1); err == nil || !strings.Contains(err.Error(), "there is no posterior.csv in") {
		t.Errorf("no posterior: %v", err)
	}
}

// A run fills all parts of the result, and its page and figures can be drawn.
func TestPolicyRun(t *testing.T) {
	s := loadPolicy(t, beds)
	d, err := s.Build(2)
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Run(t.Context(), s, nil, PolicyHooks{})
	if err != nil {
		t.Fatal(err)
	}
	x := r.Summary()
	if len(x.Policy) != 3 || x.Grid == nil || x.OverWithout == nil || len(x.Tradeoff) != 3 || len(x.Around.Profiles) != 3 {
		t.Errorf("the summary lacks a part: %+v", x)
	}
	if x.Simulations.Search != x.Simulations.Gradients+float64(x.Simulations.Choice) || x.Simulations.Grid != r.Grid.Simulations {
		t.Errorf("simulations are %+v", x.Simulations)
	}
	for _, doc := range r.Documents() {
		var b strings.Builder
		if err := doc.Write(&b); err != nil || b.Len() == 0 {
			t.Errorf("%s: %v", doc.Name, err)
		}
		if doc.Name == "report.html" && !strings.Contains(b.String(), "Cost against outcome") {
			t.Error("the report lacks the trade-off")
		}
	}
}
