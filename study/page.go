package study

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/calibrate"
	"github.com/nudge-abm/nudge/report"
)

// Page returns the report of a result: one page that opens offline.
func (r *Result) Page() report.Page {
	figures := map[string]NamedFigure{}
	var check []report.Block
	for _, f := range r.Figures() {
		figures[f.Name] = f
		if strings.HasPrefix(f.Name, "gradient-") {
			check = append(check, picture(f))
		}
	}
	p := report.Page{
		Title:    r.Study.Title(),
		Subtitle: fmt.Sprintf("Calibration of the agent-based model %s", r.Calibration.Setup.Model.Name),
		Footer:   "nudge " + Version(),
		Sections: []report.Section{
			{Title: "What to believe", Blocks: r.believe()},
			{Title: "Data and predictions", Blocks: []report.Block{
				report.Chart{Predictive: r.predictive(), Caption: figures["predictive"].Caption, Name: "predictive"},
			}},
			{Title: "Parameters", Blocks: slices.Concat([]report.Block{r.table()}, r.valuesTable(), []report.Block{picture(figures["marginals"])})},
		},
	}
	if f, ok := figures["pairs"]; ok {
		p.Sections = append(p.Sections, report.Section{Title: "Pairs", Blocks: []report.Block{picture(f)}})
	}
	if title, own := r.inference().section(); len(own) > 0 {
		var blocks []report.Block
		for _, f := range own {
			blocks = append(blocks, picture(f))
		}
		p.Sections = append(p.Sections, report.Section{Title: title, Blocks: blocks})
	}
	if len(check) > 0 {
		p.Sections = append(p.Sections, report.Section{Title: "Gradient check", Blocks: check})
	}
	p.Sections = append(p.Sections, report.Section{Title: "To reproduce it", Blocks: []report.Block{r.settings()}})
	return p
}

func picture(f NamedFigure) report.Picture {
	return report.Picture{Figure: f.Figure, Caption: f.Caption, Name: f.Name}
}

// believe puts what speaks against the result first.
func (r *Result) believe() []report.Block { return callouts(r.Findings()) }

func callouts(findings []Finding) []report.Block {
	var good, bad []string
	for _, f := range findings {
		if f.OK {
			good = append(good, "- "+f.Text)
		} else {
			bad = append(bad, "- "+f.Text)
		}
	}
	var blocks []report.Block
	if len(bad) > 0 {
		blocks = append(blocks, report.Callout{Mood: report.Warning, Title: "Mind", Text: report.Text(strings.Join(bad, "\n"))})
	}
	if len(good) > 0 {
		blocks = append(blocks, report.Callout{Mood: report.OK, Title: "In favour", Text: report.Text(strings.Join(good, "\n"))})
	}
	return blocks
}

// table lists parameters and derived quantities with their priors.
func (r *Result) table() report.Table {
	t := report.Table{
		Header:   []string{"", "Unit", "Mean", "SD", "5 %", "Median", "95 %", "Prior"},
		Align:    "llrrrrrl",
		Footnote: r.inference().origin(),
	}
	for k, p := range r.Calibration.Parameters {
		cells := row(p.Name, p.Unit, calibrate.Summarise(r.Posterior.Column(k)), r.Calibration.Prior.Marginal(k).String())
		if p.Law != nil && p.Law.Words() != nil {
			cells = []string{p.Name, p.Unit, "", "", "", p.Law.Label(p.mode(r.Posterior.Column(k))), "", p.Law.String()}
		}
		t.Rows = append(t.Rows, cells)
	}
	for _, d := range r.Derived() {
		t.Rows = append(t.Rows, row(d.Name, d.Unit, calibrate.Summarise(d.Posterior), d.Doc))
	}
	return t
}

func row(name, unit string, s calibrate.Summary, prior string) []string {
	cells := []string{name, unit}
	for _, v := range []float64{s.Mean, s.SD, s.Q05, s.Q50, s.Q95} {
		cells = append(cells, fmt.Sprintf("%.3g", v))
	}
	return append(cells, prior)
}

// settings lists what decides the result, and how to get it again.
func (r *Result) settings() report.Settings {
	c := r.Calibration
	o := c.Options
	values := []report.Setting{
		{Name: "Loss", Value: c.Simulation.Loss.String()},
		{Name: "Weight of the loss", Value: fmt.Sprintf("%g nats per unit of loss, against one nat of divergence from the prior", c.Weight)},
		{Name: "Replicates", Value: fmt.Sprintf("%d runs a draw", c.Simulation.Replicates)},
	}
	values = append(values, r.inference().settings()...)
	values = append(values, []report.Setting{
		{Name: "Simulations", Value: fmt.Sprint(r.inference().cost() + r.Predicted.Simulated + r.Expected.Simulated)},
		{Name: "Seed", Value: fmt.Sprint(o.Seed)},
		{Name: "Version", Value: Version()},
		{Name: "Again", Value: "calibrate study.yaml, with the study below beside its data"},
	}...)
	return report.Settings{Caption: "The study as run", Values: values, Code: string(r.Study.YAML())}
}

// steps returns the number of training steps made.
func (r *Result) steps() int {
	n := 0
	for _, p := range r.State.Parts {
		if t := p.State.Trace; len(t) > 0 {
			n += t[len(t)-1].Step
		}
	}
	return n
}
