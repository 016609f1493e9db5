package study

import (
	"fmt"
	"io"
	"strings"

	"github.com/nudge-abm/nudge/policy"
	"github.com/nudge-abm/nudge/report"
)

// Page returns the report of a result: one page that opens offline.
func (r *PolicyResult) Page() report.Page {
	figures := map[string]report.Block{}
	for _, f := range r.Figures() {
		figures[f.Name] = picture(f)
	}
	p := report.Page{
		Title:    r.Study.Title(),
		Subtitle: fmt.Sprintf("Best policy for the agent-based model %s", r.Decision.Problem.Setup.Model.Name),
		Footer:   "nudge " + Version(),
		Sections: []report.Section{
			{Title: "What to believe", Blocks: callouts(r.Findings())},
			{Title: "The policy", Blocks: []report.Block{r.choices(), figures["paths"]}},
			{Title: "What it attains", Blocks: []report.Block{r.comparison()}},
		},
	}
	if len(r.Tradeoff) > 0 {
		p.Sections = append(p.Sections, report.Section{Title: "Cost against outcome", Blocks: []report.Block{figures["tradeoff"], r.sweepTable()}})
	}
	return withSections(p,
		report.Section{Title: "Around the optimum", Blocks: []report.Block{figures["around"], r.directions()}},
		report.Section{Title: "The search", Blocks: []report.Block{figures["search"]}},
		report.Section{Title: "To reproduce it", Blocks: []report.Block{r.settings()}})
}

func withSections(p report.Page, more ...report.Section) report.Page {
	p.Sections = append(p.Sections, more...)
	return p
}

// choices lists the policy.
func (r *PolicyResult) choices() report.Table {
	t := report.Table{
		Header: []string{"", "Unit", "Value", "Bounds", "Costs 1 %", "Gradient"}, Align: "llrlrr",
		Footnote: "Costs 1 %: the change of the parameter alone that raises the objective by one per cent, by the curvature. The gradient, with its standard error, is zero at an optimum inside the bounds.",
	}
	for _, c := range r.Summary().Policy {
		t.Rows = append(t.Rows, []string{c.Parameter, c.Unit, fmt.Sprintf("%.3g", c.Value), fmt.Sprintf("%.3g … %.3g", c.Low, c.High),
			fmt.Sprintf("± %.2g", c.Tolerance), fmt.Sprintf("%.2g ± %.1g", c.Gradient, c.SE)})
	}
	return t
}

// Compared is a policy of the comparison with its name.
type Compared struct {
	Name string
	*policy.Assessment
}

// Compared returns the best policy, that of the grid and no policy.
func (r *PolicyResult) Compared() []Compared {
	all := []Compared{{"best policy", r.Best}}
	if r.OfGrid != nil {
		all = append(all, Compared{"best of the grid", r.OfGrid})
	}
	if r.None != nil {
		all = append(all, Compared{"no policy", r.None})
	}
	return all
}

// comparison measures policies on the same fresh runs.
func (r *PolicyResult) comparison() report.Table {
	t := report.Table{Header: []string{"", "Objective"}, Footnote: fmt.Sprintf("Means of the same %d fresh runs, with standard errors.", r.Best.Runs)}
	for _, o := range append(r.Best.Outcomes, r.Best.Costs...) {
		t.Header = append(t.Header, o.Name)
	}
	for _, k := range r.Best.Constraints {
		t.Header = append(t.Header, fmt.Sprintf("%s ≤ %.3g", k.Name, k.Below))
	}
	for _, x := range r.Compared() {
		row := []string{x.Name, fmt.Sprintf("%.4g ± %.1g", x.Objective, x.SE)}
		for _, o := range x.Outcomes {
			row = append(row, fmt.Sprintf("%.3g ± %.1g", o.Mean, o.SE))
		}
		for _, c := range x.Costs {
			row = append(row, fmt.Sprintf("%.3g", c.Mean))
		}
		for _, k := range x.Constraints {
			row = append(row, fmt.Sprintf("%.1f %%", 100*k.Probability))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// sweepTable lists the trade-off.
func (r *PolicyResult) sweepTable() report.Table {
	t := report.Table{Header: append([]string{"Costs count", "Cost", "Outcomes"}, r.Decision.Problem.Choices.Names()...)}
	for _, b := range r.Tradeoff {
		row := []string{fmt.Sprintf("× %g", b.Factor), fmt.Sprintf("%.3g", b.Assessment.Cost()), fmt.Sprintf("%.3g", b.Assessment.Outcome())}
		for _, v := range b.Assessment.Theta {
			row = append(row, fmt.Sprintf("%.3g", v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// directions lists the stiff and sloppy combinations of parameters.
func (r *PolicyResult) directions() report.Table {
	t := report.Table{
		Header:   append([]string{"Curvature"}, r.Decision.Problem.Choices.Names()...),
		Footnote: "Combinations of parameters, as shares of their ranges, from the one that matters most to the one that matters least.",
	}
	for _, d := range r.Around.Directions {
		row := []string{fmt.Sprintf("%.3g", d.Curvature)}
		for _, v := range d.Shares {
			row = append(row, fmt.Sprintf("%.2f", v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// settings lists what decides the result, and how to get it again.
func (r *PolicyResult) settings() report.Settings {
	s := r.Summary().Simulations
	return report.Settings{Caption: "The study as run", Code: string(r.Study.YAML()), Values: []report.Setting{
		{Name: "Gradient", Value: r.Decision.Problem.Estimator.Name()},
		{Name: "Simulations to find the policy", Value: fmt.Sprintf("%.0f, of which %.0f for gradients", s.Search, s.Gradients)},
		{Name: "Of the grid search", Value: fmt.Sprint(s.Grid)},
		{Name: "Of the trade-off", Value: fmt.Sprintf("%.0f", s.Tradeoff)},
		{Name: "Around the optimum", Value: fmt.Sprint(s.Around)},
		{Name: "Seed", Value: fmt.Sprint(r.Decision.Problem.Seed)},
		{Name: "Version", Value: Version()},
		{Name: "Again", Value: "optimize study.yaml, with the study below"},
	}}
}

// Documents returns the files of a result's folder: search.csv, the study as run,
// the figures and the report.
func (r *PolicyResult) Documents() []Document {
	all := []Document{
		{"search.csv", r.writeSearch},
		{"study.yaml", bytesWriter(r.Study.YAML())},
		{"report.html", func(w io.Writer) error { return r.Page().Write(w) }},
	}
	for _, f := range r.Figures() {
		all = append(all,
			Document{"figures/" + f.Name + ".png", figureWriter(f.Figure, report.PNG)},
			Document{"figures/" + f.Name + ".svg", figureWriter(f.Figure, report.SVG)})
	}
	return all
}

// writeSearch writes a line a step and descent.
func (r *PolicyResult) writeSearch(w io.Writer) error {
	var lines [][]float64
	for _, s := range r.State.Trace {
		for k, v := range s.Objectives {
			if v == v { // else the descent was given up
				lines = append(lines, []float64{float64(s.Step), float64(s.Round), float64(k + 1), v})
			}
		}
	}
	return writeCSV(w, strings.Fields("step round descent objective"), len(lines), func(i int) []float64 { return lines[i] })
}
