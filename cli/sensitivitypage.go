package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/sensitivity"
	"github.com/nudge-abm/nudge/study"
)

// pageDocument is a report that opens in a browser.
func pageDocument(p report.Page) document {
	return document{"report.html", func(w io.Writer) error { return p.Write(w) }}
}

// captioned is a figure with its file name and what it shows.
type captioned struct {
	name, caption string
	figure        report.Figure
}

func (n captioned) picture() report.Picture {
	return report.Picture{Figure: n.figure, Caption: n.caption, Name: n.name}
}

// documentsOf returns figures in both formats.
func documentsOf(figures []captioned) []document {
	var all []document
	for _, f := range figures {
		all = append(all, pictures(f.name, f.figure)...)
	}
	return all
}

// heatmap shows values, parameter × time.
func (s *subject) heatmap(title, label string, rows []string, value func(row, t int) float64) report.Heatmap {
	h := report.Heatmap{Title: title, TimeLabel: s.timeName, ValueLabel: label, Rows: rows, Time: s.times()}
	for row := range rows {
		values := make([]float64, len(h.Time))
		for t := range values {
			values[t] = value(row, t)
		}
		h.Values = append(h.Values, values)
	}
	return h
}

// curves shows values with bands over time, a panel a row.
func (s *subject) curves(title, what, name string, rows []string, value func(row, t int) (mean, se float64)) report.Check {
	f := report.Check{Title: title, StepLabel: s.timeName, Step: s.times()}
	for row, parameter := range rows {
		e := report.Estimate{Name: name}
		for t := range f.Step {
			mean, se := value(row, t)
			e.Mean, e.StdErr = append(e.Mean, mean), append(e.StdErr, se)
		}
		f.Panels = append(f.Panels, report.Comparison{Parameter: strings.TrimSpace(what + " " + parameter), Estimates: []report.Estimate{e}})
	}
	return f
}

// heatmapOf and curvesOf return the figures of one observable.
func (r *localResult) heatmapOf(c int) captioned {
	values, label := r.Derivative.Mean, "per unit"
	if r.Effect != nil {
		values, label = r.Effect.Mean, "per prior sd"
	}
	return captioned{"heatmap-" + r.Observables[c],
		fmt.Sprintf("What a rise of each parameter does to the mean of %s, %s.", r.Observables[c], label),
		r.subject.heatmap(r.Observables[c], label, r.Parameters, func(k, t int) float64 { return values[t][c][k] })}
}

func (r *localResult) curvesOf(c int) captioned {
	return captioned{"curves-" + r.Observables[c],
		fmt.Sprintf("Derivatives of the mean of %s over time with 95 %% intervals.", r.Observables[c]),
		r.subject.curves(r.Observables[c], "by", r.Estimator, r.Parameters, func(k, t int) (mean, se float64) {
			return r.Derivative.Mean[t][c][k], r.Derivative.SE[t][c][k]
		})}
}

// figures returns all figures as documents.
func (r *localResult) figures() []document {
	var all []captioned
	for c := range r.Observables {
		all = append(all, r.heatmapOf(c), r.curvesOf(c))
	}
	return documentsOf(all)
}

// page returns the report.
func (r *localResult) page() report.Page {
	p := report.Page{Title: "What moves " + r.subject.title, Subtitle: r.title(), Footer: "nudge " + study.Version()}
	for c, observable := range r.Observables {
		t := report.Table{Caption: "Parameters by influence", Header: r.rankingHeader(), Align: "llrrrrr",
			Footnote: "The effect is a root mean square over the run. A half-life is the time from the peak of the derivative until it has halved. " + costLine(r.Cost)}
		for _, x := range r.ranking(c) {
			t.Rows = append(t.Rows, r.rankingRow(c, x))
		}
		p.Sections = append(p.Sections, report.Section{Title: observable,
			Blocks: []report.Block{r.heatmapOf(c).picture(), t, r.curvesOf(c).picture()}})
	}
	p.Sections = append(p.Sections, reproduce(r.subject, []report.Setting{
		{Name: "Taken", Value: r.subject.where(r.At)},
		{Name: "Estimator", Value: r.Estimator},
		{Name: "Runs", Value: fmt.Sprint(r.Runs)},
		{Name: "Left out", Value: fmt.Sprintf("%d runs with derivatives that were not finite", r.NonFinite)},
		{Name: "Cost", Value: costLine(r.Cost)},
		{Name: "Seed", Value: fmt.Sprint(r.Seed)},
	}))
	return p
}

// reproduce is the section that says how to get the result again.
func reproduce(s *subject, values []report.Setting) report.Section {
	for _, f := range s.space {
		values = append(values, report.Setting{Name: f.Name, Value: "varies " + f.Text})
	}
	values = append(values, report.Setting{Name: "Version", Value: study.Version()})
	return report.Section{Title: "To reproduce it", Blocks: []report.Block{
		report.Settings{Caption: "The command", Values: values, Code: s.again},
	}}
}

func (r *globalResult) heatmapOf(m measure, c int) captioned {
	return captioned{m.Name + "-heatmap-" + r.Observables[c],
		fmt.Sprintf("%s: %s of %s. Grey: nothing to explain.", m.Name, m.Doc, r.Observables[c]),
		r.subject.heatmap(r.Observables[c], m.Name, m.Factors, func(i, t int) float64 { return m.Values[i][t][c].Value })}
}

func (r *globalResult) curvesOf(m measure, c int) captioned {
	return captioned{m.Name + "-curves-" + r.Observables[c],
		fmt.Sprintf("%s of %s over time; bands are as wide as the bootstrap intervals.", m.Name, r.Observables[c]),
		r.subject.curves(r.Observables[c], "", m.Name, m.Factors, func(i, t int) (mean, se float64) {
			x := m.Values[i][t][c]
			return x.Value, halfWidth(x)
		})}
}

// halfWidth returns the standard error whose 95 % interval is as wide as x.
func halfWidth(x sensitivity.Index) float64 { return (x.High - x.Low) / 2 / 1.96 }

// shown returns the figures of one observable: of the first measure.
func (r *globalResult) shown(c int) []captioned {
	if len(r.Measures) == 0 {
		return nil
	}
	return []captioned{r.heatmapOf(r.Measures[0], c), r.curvesOf(r.Measures[0], c)}
}

// figures returns all figures as documents.
func (r *globalResult) figures() []document {
	var all []captioned
	for c := range r.Observables {
		all = append(all, r.shown(c)...)
	}
	return documentsOf(all)
}

// page returns the report.
func (r *globalResult) page() report.Page {
	p := report.Page{Title: "What moves " + r.subject.title, Subtitle: r.title(), Footer: "nudge " + study.Version()}
	first := report.Section{Title: "In short", Blocks: []report.Block{report.Text(r.inShort())}}
	if len(r.Warnings) > 0 {
		first.Blocks = append(first.Blocks, report.Callout{Mood: report.Warning, Title: "Mind", Text: report.Text("- " + strings.Join(r.Warnings, "\n- "))})
	}
	p.Sections = append(p.Sections, first)
	for c, b := range r.blocks() {
		s := report.Section{Title: r.Observables[c]}
		for _, f := range r.shown(c) {
			s.Blocks = append(s.Blocks, f.picture())
		}
		s.Blocks = append(s.Blocks, report.Table{Caption: b.title, Header: b.header, Rows: b.rows,
			Align: "l" + strings.Repeat("r", len(b.header)-1), Footnote: costLine(r.Cost)})
		p.Sections = append(p.Sections, s)
	}
	p.Sections = append(p.Sections, reproduce(r.subject, []report.Setting{
		{Name: "Method", Value: methodNames[r.Method]},
		{Name: "Points", Value: fmt.Sprintf("%d, each with %d replicates", r.Points, r.Replicates)},
		{Name: "Cost", Value: costLine(r.Cost)},
		{Name: "Seed", Value: fmt.Sprint(r.Seed)},
	}))
	return p
}

// inShort says what the measures mean and what follows from them.
func (r *globalResult) inShort() string {
	var lines []string
	for _, m := range r.Measures {
		lines = append(lines, fmt.Sprintf("- %s: %s.", m.Name, m.Doc))
	}
	if r.Subspaces != nil {
		lines = append(lines, "- Directions are combinations of parameters in prior standard deviations; the eigenvalue is the mean square slope along one, summed over the run. Stiff ones come first; along the others the outcome hardly changes.")
	}
	if r.Deserving != nil {
		lines = append(lines, "- "+r.advice())
	}
	return strings.Join(append(lines, "- "+costLine(r.Cost)), "\n")
}
