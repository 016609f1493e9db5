package report

import (
	"html/template"
	"strings"
)

// Text is running text. Blank lines separate paragraphs; lines that start with
// "- " are the items of a list.
type Text string

// passage is a paragraph or a list.
type passage struct {
	Words string
	Items []string
}

func (t Text) render() (template.HTML, error) { return fragment("text", t.passages()) }

// passages splits the text.
func (t Text) passages() []passage {
	var all []passage
	fresh := true // the next line starts a passage
	for _, line := range strings.Split(string(t), "\n") {
		line = strings.TrimSpace(line)
		item, listed := strings.CutPrefix(line, "- ")
		last := len(all) - 1
		switch {
		case line == "":
			fresh = true
			continue
		case listed && (fresh || all[last].Items == nil):
			all = append(all, passage{Items: []string{item}})
		case listed:
			all[last].Items = append(all[last].Items, item)
		case fresh:
			all = append(all, passage{Words: line})
		default:
			all[last].extend(line)
		}
		fresh = false
	}
	return all
}

// extend continues the passage with another line.
func (p *passage) extend(line string) {
	if n := len(p.Items); n > 0 {
		p.Items[n-1] += " " + line
		return
	}
	p.Words += " " + line
}

// Mood is the kind of a [Callout].
type Mood int

const (
	Info    Mood = iota // how to read it, what to believe
	OK                  // a check that passed
	Warning             // a check that failed, a limit of the result
)

// word returns the name that the style sheet knows and a symbol.
func (m Mood) word() (name, symbol string) {
	switch m {
	case OK:
		return "ok", "✓"
	case Warning:
		return "warning", "!"
	default:
		return "info", "i"
	}
}

// Callout is a framed remark.
type Callout struct {
	Mood  Mood
	Title string
	Text  Text
}

func (c Callout) render() (template.HTML, error) {
	name, symbol := c.Mood.word()
	return fragment("callout", map[string]any{
		"Name": name, "Symbol": symbol, "Title": c.Title, "Text": c.Text.passages(),
	})
}
