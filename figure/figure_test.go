package figure_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nudge-abm/nudge/figure"
	"github.com/nudge-abm/nudge/report"
)

// tiny draws with the fewest samples.
var tiny = figure.Options{Workers: 2, Seed: 3, Scale: 1e-9}

func draw(t *testing.T, number string, o figure.Options) *figure.Drawing {
	t.Helper()
	f, err := figure.ByNumber(number)
	if err != nil {
		t.Fatal(err)
	}
	d, err := f.Draw(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every figure has pictures that can be laid out and findings in words.
func TestEveryFigureBuilds(t *testing.T) {
	names := map[string]bool{}
	o := tiny
	o.Fits = new(figure.Fits)
	for _, f := range figure.All() {
		d := draw(t, f.Number, o)
		if len(d.Pictures) == 0 || len(d.Findings) == 0 || len(d.Differences) == 0 {
			t.Errorf("figure %s has %d pictures, %d findings, %d differences", f.Number, len(d.Pictures), len(d.Findings), len(d.Differences))
		}
		for _, p := range d.Pictures {
			if names[p.Name] || !strings.HasPrefix(p.Name, "figure-"+f.Number+"-") {
				t.Errorf("figure %s has a picture called %q", f.Number, p.Name)
			}
			names[p.Name] = true
			if _, err := p.Figure.Plot(); err != nil {
				t.Errorf("%s: %v", p.Name, err)
			}
		}
		for _, x := range d.Findings {
			if x.Seen == "" || (x.Claim == "") != (x.Verdict == figure.Ours) || strings.Contains(x.Seen, "NaN") {
				t.Errorf("figure %s: %+v", f.Number, x)
			}
		}
	}
}

func TestPages(t *testing.T) {
	gates, networks := draw(t, "9", tiny), draw(t, "12", tiny)
	save(t, gates.Page(), gates.Claim, "As the paper says", "nudge figure 9 --seed 3", "so that noise is larger")
	save(t, figure.Index([]*figure.Drawing{gates, networks}), "Figure 9: Surrogates of a gate", "figure-12.html", "2 hold here")
}

// The page says of every statement what became of it.
func TestPageOfADispute(t *testing.T) {
	d := draw(t, "9", tiny)
	d.Findings = []figure.Finding{
		{Claim: "All is well.", Seen: "It is.", Verdict: figure.Holds},
		{Claim: "Nothing varies.", Seen: "It does.", Verdict: figure.Differs},
		{Claim: "It is blue.", Seen: "It is dark.", Verdict: figure.Unclear},
		{Seen: "By the way."},
	}
	save(t, d.Page(), "As the paper says", "All is well.", "Differs from the paper", "The paper: Nothing varies. Here: It does.",
		"Cannot tell for noise", "The paper: It is blue. Here: It is dark.", "By the way.")
	save(t, figure.Index([]*figure.Drawing{d}), "1 hold here, 1 do not, of 1 noise does not let us tell")
}

// save writes a page and looks for words in it.
func save(t *testing.T, p report.Page, words ...string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := p.Save(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if !strings.Contains(string(text), w) {
			t.Errorf("%q is not on the page %q", w, p.Title)
		}
	}
}

func TestWorkersDoNotMatter(t *testing.T) {
	one, two := tiny, tiny
	one.Workers = 1
	a, b := draw(t, "14", one), draw(t, "14", two)
	if diff := cmp.Diff(a.Findings, b.Findings); diff != "" {
		t.Error(diff)
	}
}

func TestSeedMatters(t *testing.T) {
	other := tiny
	other.Seed++
	if cmp.Equal(draw(t, "14", tiny).Findings, draw(t, "14", other).Findings) {
		t.Error("another seed, the same findings")
	}
}

func TestByNumberNamesTheKnown(t *testing.T) {
	_, err := figure.ByNumber("15")
	if err == nil || !strings.Contains(err.Error(), "15a") {
		t.Errorf("error %v", err)
	}
}

func TestDrawStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f, err := figure.ByNumber("14")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Draw(ctx, tiny); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Progress ends at the total of every stage.
func TestProgress(t *testing.T) {
	open := map[string]int{}
	o := tiny
	o.Progress = func(stage string, done, total int) { open[stage] = total - done }
	draw(t, "14", o)
	if len(open) != 2 {
		t.Errorf("%d stages, want 2", len(open))
	}
	for stage, left := range open {
		if left != 0 {
			t.Errorf("%d left of %s", left, stage)
		}
	}
}
