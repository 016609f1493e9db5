package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nudge-abm/nudge/report"
	"github.com/nudge-abm/nudge/study"
)

// pageSteps is the number of steps in the tables of a page.
const pageSteps = 12

// page returns the report of a check: one page that opens offline.
func (c *checked) page() report.Page {
	p := report.Page{
		Title:    "Gradient check of " + c.Model,
		Subtitle: fmt.Sprintf("%d samples of each estimator, seed %d. %s", c.Samples, c.Seed, c.against()),
		Footer:   "nudge " + study.Version(),
	}
	section := func(title string, blocks ...report.Block) {
		if len(blocks) > 0 {
			p.Sections = append(p.Sections, report.Section{Title: title, Blocks: blocks})
		}
	}
	section("Which estimator to use", c.recommended().block("lll", ""))
	section("Verdicts", c.byParameter()...)
	section("Cost of a sample", c.costs().block("lrrrr", "Times are medians of one worker; on a busy machine they vary, runs do not."))
	if len(c.Choices) > 0 {
		section("What auto chose", choicesGrid(c.Choices).block("lll", ""))
	}
	if len(c.Steps) > 0 {
		section("Steps of the reference", c.steps().block("lrrrr", ""))
	}
	section("The model", c.audited()...)
	section("Means", pictureBlocks(c.means())...)
	section("Single samples", pictureBlocks(c.boxes())...)
	section("Step by step", c.details()...)
	section("To reproduce it", c.settings())
	return p
}

// byParameter has a table of verdicts for each parameter.
func (c *checked) byParameter() []report.Block {
	var tables []report.Table
	all := c.verdicts()
	for _, r := range all.rows {
		parameter := r[1]
		i := slices.IndexFunc(tables, func(t report.Table) bool { return t.Caption == parameter })
		if i < 0 {
			i = len(tables)
			tables = append(tables, report.Table{Caption: parameter, Header: slices.Delete(slices.Clone(all.header), 1, 2), Align: "lrrrl"})
		}
		tables[i].Rows = append(tables[i].Rows, slices.Delete(r, 1, 2))
	}
	blocks := []report.Block{report.Text(legend)}
	if still := c.still(); still != nil {
		blocks = append(blocks, report.Text("Zero in every sample: the derivatives by "+strings.Join(still, ", ")+"."))
	}
	for _, t := range tables {
		blocks = append(blocks, t)
	}
	return blocks
}

// block returns the table for a page.
func (g grid) block(align, footnote string) report.Block {
	return report.Table{Header: g.header, Rows: g.rows, Align: align, Footnote: footnote}
}

// audited shows what the audit found and who could not serve.
func (c *checked) audited() []report.Block {
	found := report.Callout{Mood: report.OK, Title: "Audit", Text: report.Text(strings.TrimPrefix(clean, "Audit: "))}
	if !c.Audit.Clean() {
		found.Mood, found.Text = report.Warning, list(c.Audit.Sentences())
	}
	blocks := []report.Block{found}
	if left := c.leftOut(); left != nil {
		blocks = append(blocks, report.Callout{Mood: report.Info, Title: "Estimators that cannot serve the model", Text: list(left)})
	}
	return blocks
}

func list(items []string) report.Text { return report.Text("- " + strings.Join(items, "\n- ")) }

func pictureBlocks(figures []drawing) []report.Block {
	var blocks []report.Block
	for _, f := range figures {
		blocks = append(blocks, report.Picture{Figure: f.Figure, Caption: f.Caption, Name: f.Name})
	}
	return blocks
}

// details has a table for each derivative of the first observable.
func (c *checked) details() []report.Block {
	var blocks []report.Block
	for k := range c.problem.Active {
		g := c.detail(c.problem.Observables[0], k, pageSteps)
		blocks = append(blocks, report.Table{
			Caption: c.derivative(c.problem.Observables[0], k) + ": bias ± its standard error (standard deviation of a sample)",
			Header:  g.header, Rows: g.rows, Align: strings.Repeat("r", len(g.header)),
		})
	}
	return blocks
}

// settings shows all values and the command.
func (c *checked) settings() report.Block {
	s := report.Settings{Caption: "Values of all parameters and settings"}
	m := c.problem.Setup.Model
	for i, p := range m.Parameters {
		s.Values = append(s.Values, report.Setting{Name: p.Name, Value: brief(c.problem.Theta[i])})
	}
	for _, x := range m.Settings {
		s.Values = append(s.Values, report.Setting{Name: x.Name, Value: c.problem.Setup.Text(x.Name)})
	}
	command := []string{c.flags.program.command("check", m)}
	for _, set := range c.flags.set {
		command = append(command, "--set "+set)
	}
	s.Code = strings.Join(append(command, fmt.Sprintf("--samples %d --seed %d --reference %s", c.Samples, c.Seed, c.Reference)), " ")
	return s
}
