package cli

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"gonum.org/v1/gonum/floats/scalar"

	"github.com/nudge-abm/nudge/gradient"
)

// legend says what the columns of the verdicts mean.
const legend = "Shares are of the peak, the largest reference derivative of an observable. Bias ± its standard error " +
	"and sd, the standard deviation of a sample, are root mean squares over observables and steps; bias is what is left " +
	"after noise is taken off. After 1 s: the error expected of the mean of as many samples as one second of CPU allows, " +
	"√(bias² + sd²·seconds a sample)."

// print shows the verdicts, what they recommend, the costs, what auto chose, the
// steps of the reference, the audit and what was left out.
func (c *checked) print(w io.Writer) {
	fmt.Fprintf(w, "Derivatives of %s, %d samples of each estimator, seed %d\n", c.Model, c.Samples, c.Seed)
	printTable(w, c.against(), c.verdicts().text(3, 4, 5))
	if still := c.still(); still != nil {
		fmt.Fprintf(w, "Zero in every sample: the derivatives by %s.\n\n", strings.Join(still, ", "))
	}
	fmt.Fprintf(w, "%s\n\n", legend)
	printTable(w, "Recommended", c.recommended().text())
	printTable(w, "Cost of a sample", c.costs().text(2, 3, 4, 5))
	printChoices(w, c.Choices)
	if len(c.Steps) > 0 {
		printTable(w, "Steps of the reference", c.steps().text(2, 3, 4, 5))
	}
	if c.flags.detail {
		for _, o := range c.problem.Observables {
			for k := range c.problem.Active {
				printTable(w, c.derivative(o, k)+": bias ± error (sd)", c.detail(o, k, fewRows).text(1))
			}
		}
	}
	for _, line := range append(c.audit(), c.leftOut()...) {
		fmt.Fprintln(w, line)
	}
}

// grid is a table for the terminal or the page.
type grid struct {
	header []string
	rows   [][]string
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// text returns the table for a terminal; columns right, from 1, are flush right.
func (g grid) text(right ...int) table.Writer {
	t := newTable(cells(g.header), right...)
	for _, r := range g.rows {
		t.AppendRow(cells(r))
	}
	return t
}

func cells(words []string) table.Row {
	row := make(table.Row, len(words))
	for i, s := range words {
		row[i] = s
	}
	return row
}

// against says what the reference is.
func (c *checked) against() string {
	return fmt.Sprintf("Reference: %s (%s), %d samples", c.Reference, c.ReferenceOptions, c.ReferenceSamples)
}

// still returns the parameters by which all derivatives are zero.
func (c *checked) still() []string {
	var names []string
	for _, r := range c.Recommendations {
		if r.Estimator == "any" && r.Parameter != "all" {
			names = append(names, r.Parameter)
		}
	}
	return names
}

// verdicts has a line for each estimator and parameter whose derivative is not
// zero.
func (c *checked) verdicts() grid {
	g := grid{header: []string{"estimator", "parameter", "bias", "sd", "after 1 s", "verdict"}}
	still := c.still()
	for _, s := range append(c.Summary[:len(c.Summary):len(c.Summary)], c.Truth...) {
		if !slices.Contains(still, s.Parameter) {
			g.add(s.Estimator, s.Parameter, fmt.Sprintf("%s ± %s", share(s.Bias), share(s.BiasSE)), share(s.SD), share(s.Error), s.Verdict)
		}
	}
	return g
}

func (c *checked) recommended() grid {
	g := grid{header: []string{"parameter", "estimator", "why"}}
	for _, r := range c.Recommendations {
		g.add(r.Parameter, r.Estimator, r.Why)
	}
	return g
}

func (c *checked) costs() grid {
	g := grid{header: []string{"estimator", "ms of CPU", "plain runs' time", "runs", "not finite"}}
	for _, x := range c.Cost {
		g.add(x.Estimator, fmt.Sprintf("%.3g", 1e3*x.SecondsPerRun), fmt.Sprintf("%.3g", x.Ratio), brief(x.RunsPerSample), fmt.Sprint(x.NonFinite))
	}
	return g
}

// choicesGrid shows what auto chose.
func choicesGrid(choices []gradient.Choice) grid {
	g := grid{header: []string{"parameter", "estimator", "why"}}
	for _, x := range choices {
		g.add(x.Parameter, x.Estimator, x.Why)
	}
	return g
}

func (c *checked) steps() grid {
	g := grid{header: []string{"parameter", "step", "truncation error", "noise of a sample", "peak"}}
	for _, s := range c.Steps {
		g.add(s.Parameter, brief(s.H), share(s.Truncation), share(s.Noise), brief(s.Peak))
	}
	return g
}

// derivative names the derivative of observable o by active parameter k.
func (c *checked) derivative(o, k int) string {
	m := c.problem.Setup.Model
	return fmt.Sprintf("∂ %s / ∂ %s", m.Observables[o].Name, m.Parameters[c.problem.Active[k]].Name)
}

// rows returns the rows of a derivative, a slice an estimator.
func (c *checked) rows(o, k int) [][]gradient.Row {
	m := c.problem.Setup.Model
	var all [][]gradient.Row
	for _, run := range runsOf(c.Rows) {
		if run[0].Observable == m.Observables[o].Name && run[0].Parameter == m.Parameters[c.problem.Active[k]].Name {
			all = append(all, run)
		}
	}
	return all
}

// detail shows a derivative at a few steps.
func (c *checked) detail(o, k, most int) grid {
	runs := c.rows(o, k)
	g := grid{header: []string{"step", "reference"}}
	for _, run := range runs {
		g.header = append(g.header, run[0].Estimator)
	}
	for _, t := range sampledAt(len(runs[0]), most) {
		x := runs[0][t]
		line := []string{fmt.Sprint(x.Step), measured(x.Reference, x.ReferenceSE)}
		for _, run := range runs {
			line = append(line, fmt.Sprintf("%s (%.2g)", measured(run[t].Bias, run[t].BiasSE), run[t].SD))
		}
		g.add(line...)
	}
	return g
}

// clean says that the audit found nothing.
const clean = "Audit: No derivative is lost by plain reads, no draw is made twice, no number is used too late."

// audit says what the watched run found.
func (c *checked) audit() []string {
	if c.Audit.Clean() {
		return []string{clean}
	}
	lines := []string{"Audit of one run:"}
	for _, s := range c.Audit.Sentences() {
		lines = append(lines, "  "+s)
	}
	return lines
}

func (c *checked) leftOut() []string {
	var lines []string
	for _, s := range c.Skipped {
		lines = append(lines, fmt.Sprintf("Left out: %s: %s", s.Estimator, s.Why))
	}
	return lines
}

// share writes a share of the peak.
func share(v float64) string {
	switch {
	case math.IsInf(v, 0):
		return "∞"
	case v >= 10 && v < 1e6:
		digits := math.Floor(math.Log10(v)) - 1
		return fmt.Sprintf("%.0f ×", scalar.Round(v, -int(digits)))
	case v >= 1:
		return fmt.Sprintf("%.2g ×", v)
	}
	return fmt.Sprintf("%.2g %%", 100*v)
}
