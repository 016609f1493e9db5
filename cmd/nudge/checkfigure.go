package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// checkFigures returns a figure for each observable: the reference and the
// estimators with error bars over the steps, one panel a parameter.
func checkFigures(r *gradient.Report) []document {
	var documents []document
	byObservable := map[string]*report.Check{}
	var order []string
	for _, series := range runsOf(r.Rows) {
		name := series[0].Observable
		f, ok := byObservable[name]
		if !ok {
			f = newCheckFigure(r, series)
			byObservable[name], order = f, append(order, name)
		}
		addSeries(f, r.Reference, series)
	}
	for _, name := range order {
		documents = append(documents, pictures("check-"+name, byObservable[name])...)
	}
	return documents
}

// newCheckFigure returns the figure of the series' observable without panels.
func newCheckFigure(r *gradient.Report, series []gradient.Row) *report.Check {
	name := series[0].Observable
	f := &report.Check{Title: fmt.Sprintf("%s: derivatives of %s, %d samples each", r.Model, name, r.Samples)}
	for _, x := range series {
		f.Step = append(f.Step, float64(x.Step))
	}
	for _, s := range r.Summary {
		if strings.HasPrefix(s.Verdict, "explodes") {
			f.Scale = report.Symlog
		}
	}
	return f
}

// addSeries adds an estimator's series to the panel of its parameter.
func addSeries(f *report.Check, reference string, series []gradient.Row) {
	i := slices.IndexFunc(f.Panels, func(c report.Comparison) bool { return c.Parameter == series[0].Parameter })
	if i < 0 {
		i = len(f.Panels)
		f.Panels = append(f.Panels, newPanel(reference, series))
	}
	f.Panels[i].Estimates = append(f.Panels[i].Estimates, estimates(series))
}

// runsOf cuts rows where estimator, parameter or observable change.
func runsOf(rows []gradient.Row) [][]gradient.Row {
	var runs [][]gradient.Row
	for i, x := range rows {
		if i == 0 || x.Estimator != rows[i-1].Estimator || x.Parameter != rows[i-1].Parameter || x.Observable != rows[i-1].Observable {
			runs = append(runs, nil)
		}
		last := &runs[len(runs)-1]
		*last = append(*last, x)
	}
	return runs
}

// newPanel returns the panel of the series' parameter with the reference.
func newPanel(reference string, series []gradient.Row) report.Comparison {
	c := report.Comparison{Parameter: series[0].Parameter}
	c.Reference.Name = reference
	for _, x := range series {
		c.Reference.Mean = append(c.Reference.Mean, x.Reference)
		c.Reference.StdErr = append(c.Reference.StdErr, x.ReferenceSE)
	}
	return c
}

func estimates(series []gradient.Row) report.Estimate {
	e := report.Estimate{Name: series[0].Estimator}
	for _, x := range series {
		e.Mean = append(e.Mean, x.Estimate)
		e.StdErr = append(e.StdErr, x.SE)
	}
	return e
}
