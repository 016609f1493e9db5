package figure

import (
	"fmt"
	"strings"

	"github.com/nudge-abm/nudge/report"
)

// Page returns the page of the drawing: what the paper claims, what we see, and
// where they differ.
func (d *Drawing) Page() report.Page {
	return report.Page{
		Title:    d.heading(),
		Subtitle: "Automatic Differentiation of Agent-Based Models (arXiv 2509.03303), drawn with our data",
		Sections: []report.Section{
			{Title: "What the paper claims", Blocks: []report.Block{report.Text(d.Claim)}},
			{Title: "What we see", Blocks: d.sight()},
			{Title: "Where they differ", Blocks: d.dispute()},
			{Title: "To reproduce it", Blocks: []report.Block{d.settings()}},
		},
	}
}

// heading is the number and title.
func (d *Drawing) heading() string { return "Figure " + d.Number + ": " + d.Title }

// sight is the pictures and all that was found.
func (d *Drawing) sight() []report.Block {
	var blocks []report.Block
	for _, p := range d.Pictures {
		blocks = append(blocks, report.Picture(p.inPage()))
	}
	var seen []string
	for _, f := range d.Findings {
		seen = append(seen, f.Seen)
	}
	return append(blocks, list(seen))
}

func (p Picture) inPage() report.Picture {
	return report.Picture{Figure: p.Figure, Caption: p.Caption, Name: p.Name}
}

// dispute is the statements that do not hold, those that do, and what the
// comparison suffers from.
func (d *Drawing) dispute() []report.Block {
	var blocks []report.Block
	for _, kind := range []struct {
		Verdict
		mood  report.Mood
		title string
	}{{Differs, report.Warning, "Differs from the paper"}, {Unclear, report.Info, "Cannot tell for noise"}, {Holds, report.OK, "As the paper says"}} {
		if found := d.judged(kind.Verdict); len(found) > 0 {
			blocks = append(blocks, report.Callout{Mood: kind.mood, Title: kind.title, Text: list(found)})
		}
	}
	if len(d.Differences) > 0 {
		blocks = append(blocks, report.Callout{Mood: report.Info, Title: "Settings that differ or are not known", Text: list(d.Differences)})
	}
	return blocks
}

// judged returns the paper's statements of that verdict, with what was seen of
// those that do not hold.
func (d *Drawing) judged(v Verdict) []string {
	var found []string
	for _, f := range d.Findings {
		switch {
		case f.Verdict != v:
		case v == Holds:
			found = append(found, f.Claim)
		default:
			found = append(found, fmt.Sprintf("The paper: %s Here: %s", f.Claim, f.Seen))
		}
	}
	return found
}

// settings is what was used, and the command that draws the figure again.
func (d *Drawing) settings() report.Settings {
	command := fmt.Sprintf("nudge figure %s --seed %d", d.Number, d.options.Seed)
	values := append([]report.Setting(nil), d.Settings...)
	if d.options.Scale != 0 && d.options.Scale != 1 {
		values = append(values, report.Setting{Name: "Numbers of samples", Value: fmt.Sprintf("times %g, so that noise is larger than in the full figure", d.options.Scale)})
	}
	return report.Settings{Caption: "Settings", Values: values, Code: command}
}

// list is text with an item a sentence.
func list(items []string) report.Text {
	return report.Text("- " + strings.Join(items, "\n- "))
}

// Index returns the page that shows all drawings, each with its first picture and
// how many of the paper's statements hold.
func Index(drawings []*Drawing) report.Page {
	p := report.Page{
		Title:    "The paper's figures, drawn with our data",
		Subtitle: "Automatic Differentiation of Agent-Based Models (arXiv 2509.03303)",
	}
	for _, d := range drawings {
		first := d.Pictures[0].inPage()
		blocks := []report.Block{report.Text(d.Claim), first, d.score()}
		p.Sections = append(p.Sections, report.Section{Title: d.heading(), Blocks: blocks})
	}
	return p
}

// score is a remark on how many statements hold.
func (d *Drawing) score() report.Callout {
	held, failed, open := len(d.judged(Holds)), len(d.judged(Differs)), len(d.judged(Unclear))
	c := report.Callout{Mood: report.OK, Title: fmt.Sprintf("Of the paper's statements %d hold here", held)}
	if failed > 0 {
		c.Mood = report.Warning
		c.Title += fmt.Sprintf(", %d do not", failed)
	}
	if open > 0 {
		c.Title += fmt.Sprintf(", of %d noise does not let us tell", open)
	}
	if held+failed+open == 0 {
		c.Mood, c.Title = report.Info, "Ours; the paper has no such figure"
	}
	c.Text = report.Text(fmt.Sprintf("All pictures and numbers: %s.html", d.Name()))
	return c
}
