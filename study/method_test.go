package study

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/calibrate/abc"
	"github.com/nudge-abm/nudge/calibrate/mcmc"
)

// found runs a small study by a method.
func found(t *testing.T, m Method, workers int) *Result {
	t.Helper()
	s := load(t, boys, strings.NewReplacer(
		"agents: 763, network: complete, dt: 1/24, index_cases: 3", "agents: 60, network: complete, dt: 1, index_cases: 3",
		"training: {steps: 600, draws: 4}", "mcmc: {chains: 2, warmup: 20, lucks: 2}\nabc: {particles: 20, simulations: 300}\nposterior: {draws: 11, prior_draws: 4, check_runs: 1}",
		"weight: 1,", "weight: 1, replicates: 2,",
	).Replace(boys))
	if err := s.SetMethod(string(m)); err != nil {
		t.Fatal(err)
	}
	c, err := s.Build(t.Context(), workers)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Run(t.Context(), s, nil, Hooks{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files writes the documents that are text.
func files(t *testing.T, r *Result) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, d := range r.Documents() {
		if strings.HasPrefix(d.Name, "figures/") {
			continue
		}
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
		all[d.Name] = b.String()
	}
	return all
}

func TestMethodsThatSample(t *testing.T) {
	for m, want := range map[Method]struct {
		header string
		lines  int
		shape  string
		extra  []string
	}{
		NUTS:       {".chain,.iteration,.draw,transmission,recovery,overdispersion,R0,recovery_days,lp,log_prior,loss,acceptance_rate,n_steps,tree_depth,energy,diverging", 12, "2, 6", nil},
		Metropolis: {".chain,.iteration,.draw,transmission,recovery,overdispersion,R0,recovery_days,lp,log_prior,loss,acceptance_rate,n_steps", 12, "2, 6", nil},
		SMCABC:     {".chain,.iteration,.draw,transmission,recovery,overdispersion,R0,recovery_days,lp,log_prior,loss", 11, "1, 11", []string{"generations.csv", "particles.csv"}},
	} {
		one, three := found(t, m, 1), found(t, m, 3)
		wrote := files(t, one)
		if diff := cmp.Diff(wrote, files(t, three)); diff != "" {
			t.Errorf("%s: workers matter: %s", m, diff)
		}
		lines := strings.Split(strings.TrimSpace(wrote[PosteriorFile]), "\n")
		if lines[0] != want.header || len(lines) != 1+want.lines {
			t.Errorf("%s: %d lines below %s", m, len(lines)-1, lines[0])
		}
		shape := strings.Join(strings.Fields(wrote[inferenceFolder+"posterior/recovery/.zarray"]), " ")
		if !strings.Contains(shape, `"shape": [ `+want.shape+" ]") {
			t.Errorf("%s: %s", m, shape)
		}
		names := slices.Collect(maps.Keys(wrote))
		for _, name := range want.extra {
			if !slices.Contains(names, name) {
				t.Errorf("%s leaves no %s", m, name)
			}
		}
		if slices.Contains(names, FitFileName) || slices.Contains(names, "training.csv") {
			t.Errorf("%s leaves files of a fit: %v", m, names)
		}
		s := one.Summary()
		if s.Method != m || (s.Chains == nil) != (m == SMCABC) || (s.Population == nil) == (m == SMCABC) || s.Diagnostics.Importance != nil || len(s.Diagnostics.Contraction) == 0 || s.Simulations < one.inference().cost() {
			t.Errorf("%s: %+v", m, s)
		}
	}
}

func TestMethodIsChosen(t *testing.T) {
	s := load(t, "quick:", "method: smc-abc\nquick:")
	if s.Method() != SMCABC || load(t, boys, boys).Method() != Variational {
		t.Error(s.Method())
	}
	if err := s.SetMethod("gibbs"); err == nil || !strings.Contains(err.Error(), "must be one of [variational nuts metropolis smc-abc]") {
		t.Error(err)
	}
	if err := s.SetMethod("nuts"); err != nil || !strings.Contains(string(s.YAML()), "method: nuts") {
		t.Errorf("%v: %s", err, s.YAML())
	}
}

// The distance of a likelihood is that of data simulated with noise, else the
// loss; the study may say.
func TestDistanceThatSuitsTheLoss(t *testing.T) {
	for edit, want := range map[string]Distance{
		"quick:":                          ByScale,
		"abc: {distance: loss}\nquick:":   ByLoss,
		"abc: {distance: scaled}\nquick:": ByScale,
	} {
		c := load(t, "quick:", edit).assembled(t)
		if got := c.nearness(); got != want || (c.abcProblem().Data == nil) != (want == ByLoss) {
			t.Errorf("%s: %s", edit, got)
		}
	}
	c := load(t, "weight: 1", "weight: 2").assembled(t)
	if c.nearness() != ByLoss {
		t.Error(c.nearness())
	}
}

// what judges findings by whether the first that mentions a word is good.
func judged(findings []Finding, word string) string {
	for _, f := range findings {
		if strings.Contains(f.Text, word) {
			return map[bool]string{true: "good", false: "bad"}[f.OK]
		}
	}
	return "absent"
}

func TestFindingsOfChains(t *testing.T) {
	r := found(t, NUTS, 2)
	for i := range r.Sample.Chains {
		for k := range r.Sample.Chains[i].Draws {
			d := &r.Sample.Chains[i].Draws[k]
			d.Theta = []float64{float64(i) + 0.01*float64(k%3), float64(k % 2), float64(k % 3)}
			d.Diverging = k == 0
		}
	}
	r.Sample.Work = mcmc.Work{Gradients: 100, Runs: 200, NonFinite: 3, Lame: 1}
	f := r.Findings()
	for word, want := range map[string]string{"chains do not agree": "bad", "diverged": "bad", "counted as impossible": "bad", "taken as zero": "bad", "objective": "absent"} {
		if got := judged(f, word); got != want {
			t.Errorf("%s: %s in %v", word, got, f)
		}
	}
	if f := findLuck(&ChainsSummary{Lucks: 1, LuckShift: 0.1, LuckSD: 0.3}); !f.OK {
		t.Error(f)
	}
	if f := findLuck(&ChainsSummary{Lucks: 1, LuckShift: 0.1, LuckSD: 3}); f.OK {
		t.Error(f)
	}
	if f := findLuck(&ChainsSummary{Lucks: 16, LuckShift: 0.1, LuckSD: 3}); !f.OK {
		t.Error(f)
	}
}

func TestFindingsOfParticles(t *testing.T) {
	r := found(t, SMCABC, 2)
	if got := judged(r.Findings(), "Particles lie within"); got != "good" {
		t.Errorf("%s: %v", got, r.Findings())
	}
	r.Population.Generations = r.Population.Generations[:1]
	if got := judged(r.Findings(), "These are prior draws"); got != "bad" {
		t.Error(got)
	}
	r.Population.Generations = append(r.Population.Generations, abc.Generation{Tolerance: 1, ESS: 3})
	r.Population.Stop = abc.Degenerate
	if got := judged(r.Findings(), "no longer spread"); got != "bad" {
		t.Error(got)
	}
}
