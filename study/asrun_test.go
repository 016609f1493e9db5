package study

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/models"
)

// again loads what was run from its own files.
func again(t *testing.T, s *Study) *Study {
	t.Helper()
	folder := t.TempDir()
	name, content := s.CSV()
	for file, text := range map[string][]byte{FileName: s.YAML(), name: content} {
		if err := os.WriteFile(filepath.Join(folder, file), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Load(folder, models.All()...)
	if err != nil {
		t.Fatalf("%v\n%s", err, s.YAML())
	}
	return r
}

// everything is a study with an entry of every sort that leaves none out.
var everything = strings.NewReplacer(
	"title: boys in bed", `title: "yes: 1978"`,
	"start: 1", "start: 2/2",
	"observable: infected", "observable: new_infections, aggregate: sum, factor: 2",
	"ignore: convalescent", "ignore: [convalescent]\n  gaps: refused",
	"calibrate:\n", "calibrate:\n  - {names: [quarantine_start, quarantine_end], prior: ordered-pair, low: 0, high: 60}\n"+
		"  - {names: [initial, distancing_factor], prior: dirichlet, concentration: [1, 2]}\n",
	"distancing_factor: 1, ", "",
	"training: {steps: 600", "training: {learning_rate: 1e-3, steps: 0600",
	"quick:", "seed: 12345678901234567890\ntruth: {recovery: 1/2}\nestimator: {name: finite-difference, options: {pilot: 8}}\n"+
		"flow: {kind: spline, bins: 4, bound: 3}\nposterior: {draws: 10, prior_draws: 11, check_runs: 12}\nquick:",
).Replace(boys)

func TestTheStudyAsRunIsTheSameStudy(t *testing.T) {
	s := load(t, boys, everything)
	r := again(t, s)
	if diff := cmp.Diff(string(s.YAML()), string(r.YAML())); diff != "" {
		t.Error(diff)
	}
	if s.Digest() != r.Digest() {
		t.Error("the digests differ")
	}
	for _, line := range []string{
		`title: "yes: 1978"`, "  start: 2/2", "seed: 12345678901234567890", "  steps: 600", "  learning_rate: 0.001",
		"  steps: 97", "  recovery: 1/2", "nudge: " + Version(), "  - names:", "      - quarantine_start", "    pilot: 8", "      factor: 2",
	} {
		if !bytes.Contains(s.YAML(), []byte("\n"+line+"\n")) {
			t.Errorf("no line %q in\n%s", line, s.YAML())
		}
	}
}

func TestEveryLossIsWrittenAsItWasRead(t *testing.T) {
	for _, keys := range []string{
		"kind: squared-error, weight: 2, form: relative, scale: 1/2, combine: mean",
		"kind: poisson, weight: 1, floor: 0, replicates: 3, gradient_runs: 2",
		"kind: normal, weight: 1, sd: 4",
		"kind: mmd, weight: 1, bandwidth: prior-predictive, bandwidth_runs: 9",
		"kind: mmd, weight: 1, bandwidth: 2.5",
		"kind: mmd, weight: 1, published: true",
		"kind: energy-score, weight: 1, biased: true",
		"kind: crps, weight: 1, scale: 3",
		"kind: pinball, weight: 1, levels: 0.5",
	} {
		s := load(t, boys, without(replace(t, boys, "kind: negative-binomial, weight: 1, combine: marginal", keys), "overdispersion"))
		if diff := cmp.Diff(string(s.YAML()), string(again(t, s).YAML())); diff != "" {
			t.Errorf("%s: %s", keys, diff)
		}
		_, rest, _ := strings.Cut(keys, "weight: ")
		for _, item := range strings.Split(rest, ", ")[1:] {
			if key, _, _ := strings.Cut(item, ":"); !bytes.Contains(s.YAML(), []byte("\n  "+key+":")) {
				t.Errorf("%s: %s is not written", keys, key)
			}
		}
	}
}

func TestChangesAreWrittenDown(t *testing.T) {
	s := load(t, "quick:\n", "quick:\n")
	if err := s.Quick(); err != nil {
		t.Fatal(err)
	}
	if err := s.Set("initial=1/4", "dt=1/6"); err != nil {
		t.Fatal(err)
	}
	s.SetSeed(9)
	r := again(t, s)
	if s.Digest() != r.Digest() {
		t.Error("the digests differ")
	}
	c, err := r.Build(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Options.Steps != 10 || c.Options.Seed != 9 || c.Step != 1.0/6 || c.Setup.Theta()[c.Setup.Model.Parameter("initial")] != 0.25 {
		t.Errorf("%+v, step %g, parameters %v", c.Options, c.Step, c.Setup.Theta())
	}
}

func TestDigestTellsStudiesApart(t *testing.T) {
	base := load(t, "quick:\n", "quick:\n").Digest()
	for _, same := range [][2]string{
		{"title", "# a comment\ntitle"},
		{"sd: 1,", "sd: 1.0,"},
		{"ignore: convalescent", "ignore: [convalescent]"},
		{"units: counts", "units: counts, steps: 97"},
		{"observable: infected", "observable: infected, aggregate: last, factor: 1"},
		{"steps: 10}", "steps: 20}"}, // of quick, which was not asked for
		{"quick:", "nudge: v9\nquick:"},
	} {
		if load(t, same[0], same[1]).Digest() != base {
			t.Errorf("%q instead of %q is taken for another study", same[1], same[0])
		}
	}
	for _, other := range [][2]string{
		{"sd: 1,", "sd: 2,"}, {"agents: 763", "agents: 764"}, {"steps: 600", "steps: 601"},
		{"parameters: {", "parameters: {initial: 0.1, "}, {"quick:", "seed: 2\nquick:"},
	} {
		if load(t, other[0], other[1]).Digest() == base {
			t.Errorf("%q instead of %q is taken for the same study", other[1], other[0])
		}
	}
	s, err := Load(write(t, boys, strings.Replace(boysData, "225", "226", 1)), models.All()...)
	if err != nil {
		t.Fatal(err)
	}
	if s.Digest() == base {
		t.Error("other data are taken for the same study")
	}
}

func TestDigestSeesTheNetworkFile(t *testing.T) {
	folder := write(t, strings.Replace(boys, "network: complete", "network: edges.csv", 1), boysData)
	var digests []string
	for _, edges := range []string{"from,to\n0,1\n", "from,to\n0,2\n"} {
		if err := os.WriteFile(filepath.Join(folder, "edges.csv"), []byte(edges), 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Load(folder, models.All()...)
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, s.Digest())
	}
	if digests[0] == digests[1] {
		t.Error("another network is taken for the same study")
	}
}
