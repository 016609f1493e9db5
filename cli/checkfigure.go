package cli

import (
	"fmt"
	"strings"

	"github.com/nudge-abm/nudge/gradient"
	"github.com/nudge-abm/nudge/report"
)

// drawing is a figure with the name of its file and a caption.
type drawing struct {
	Name, Caption string
	Figure        report.Figure
}

// means returns a figure for each observable: the reference and the estimators
// with error bars over the steps, one panel a parameter.
func (c *checked) means() []drawing {
	var figures []drawing
	for _, o := range c.problem.Observables {
		name := c.problem.Setup.Model.Observables[o].Name
		f := &report.Check{
			Title: fmt.Sprintf("%s: derivatives of %s, %d samples each", c.Model, name, c.Samples),
			Scale: c.scale(""),
		}
		for k := range c.problem.Active {
			runs := c.rows(o, k)
			panel := report.Comparison{Parameter: runs[0][0].Parameter, Reference: c.truth(runs[0])}
			for _, run := range runs {
				panel.Estimates = append(panel.Estimates, estimate(run))
			}
			f.Step, f.Panels = steps(runs[0]), append(f.Panels, panel)
		}
		figures = append(figures, drawing{"check-" + name, "Means of all samples over the reference, with 95 % intervals.", f})
	}
	return figures
}

// mostScatter is the number of derivatives up to which box plots of all
// observables are drawn; beyond, those of the first alone.
const mostScatter = 12

// boxes returns a figure for each observable and parameter whose derivative is not
// zero: box plots of single samples over the reference, one panel an estimator.
func (c *checked) boxes() []drawing {
	if c.scatter == nil {
		return nil
	}
	observables := c.problem.Observables
	if len(observables)*len(c.problem.Active) > mostScatter {
		observables = observables[:1]
	}
	var figures []drawing
	for _, o := range observables {
		for k := range c.problem.Active {
			if f := c.box(o, k); f != nil {
				x := c.rows(o, k)[0][0]
				figures = append(figures, drawing{"boxes-" + x.Observable + "-" + x.Parameter,
					"Single samples (quartiles, 5 % and 95 %, and their mean) over the reference with its 95 % interval.", f})
			}
		}
	}
	return figures
}

// box returns the box plots of a derivative, nil if it is zero in every sample.
func (c *checked) box(o, k int) *report.Boxes {
	runs := c.rows(o, k)
	f := &report.Boxes{Title: c.derivative(o, k), Step: steps(runs[0]), Scale: c.scale(runs[0][0].Parameter)}
	moves := false
	for _, run := range runs {
		boxes, any := c.scatter.boxes(run[0].Estimator, o, k)
		f.Panels = append(f.Panels, report.BoxPanel{Parameter: run[0].Estimator, Reference: c.truth(run), Boxes: boxes})
		moves = moves || any
	}
	if !moves {
		return nil
	}
	return f
}

// scale is logarithmic if an estimator explodes by a parameter, or by any.
func (c *checked) scale(parameter string) report.Scale {
	for _, s := range c.Summary {
		if (parameter == "" || s.Parameter == parameter) && strings.HasPrefix(s.Verdict, "explodes") {
			return report.Symlog
		}
	}
	return report.Linear
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

func steps(series []gradient.Row) []float64 {
	var at []float64
	for _, x := range series {
		at = append(at, float64(x.Step))
	}
	return at
}

// truth returns the reference of a series.
func (c *checked) truth(series []gradient.Row) report.Estimate {
	e := report.Estimate{Name: c.Reference}
	for _, x := range series {
		e.Mean, e.StdErr = append(e.Mean, x.Reference), append(e.StdErr, x.ReferenceSE)
	}
	return e
}

func estimate(series []gradient.Row) report.Estimate {
	e := report.Estimate{Name: series[0].Estimator}
	for _, x := range series {
		e.Mean, e.StdErr = append(e.Mean, x.Estimate), append(e.StdErr, x.SE)
	}
	return e
}
