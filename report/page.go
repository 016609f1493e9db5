package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
)

// Page is a report that opens in any browser without a network: one HTML file
// that contains its styles, its script and its pictures. It follows the
// reader's choice of a light or dark display and prints well. All strings are
// plain text; what looks like markup in them is shown as it is.
type Page struct {
	Title, Subtitle string
	Sections        []Section
	Footer          string // for example the program's version and the date of the data
}

// Section is a headed part of a [Page].
type Section struct {
	Title  string
	Blocks []Block
}

// Block is a piece of a section: [Text], [Callout], [Table], [Picture],
// [Chart], [Film] or [Settings].
type Block interface {
	// render returns the block as HTML, or an error that says what is wrong
	// with its data.
	render() (template.HTML, error)
}

var (
	_ Block = Text("")
	_ Block = Callout{}
	_ Block = Table{}
	_ Block = Picture{}
	_ Block = Chart{}
	_ Block = Film{}
	_ Block = Settings{}
)

//go:embed web
var web embed.FS

// templates holds the page and one template per block.
var templates = template.Must(template.ParseFS(web, "web/*.html"))

// asset returns an embedded file.
func asset(name string) string {
	b, err := web.ReadFile("web/" + name)
	if err != nil {
		panic("report: " + err.Error())
	}
	return string(b)
}

// renderedSection is a section ready for the page template.
type renderedSection struct {
	Number int
	Title  string
	Blocks []template.HTML
}

// Write writes the page as HTML to w. It returns an error, before anything is
// written, if the data of a block do not fit together.
func (p Page) Write(w io.Writer) error {
	var sections []renderedSection
	for i, s := range p.Sections {
		r := renderedSection{Number: i + 1, Title: s.Title}
		for _, b := range s.Blocks {
			html, err := b.render()
			if err != nil {
				return fmt.Errorf("report: section %q: %w", s.Title, err)
			}
			r.Blocks = append(r.Blocks, html)
		}
		sections = append(sections, r)
	}
	html, err := fragment("page", map[string]any{
		"Page":     p,
		"Sections": sections,
		"Style":    template.CSS(asset("page.css")),
		"Script":   template.JS(asset("chart.js") + asset("film.js") + asset("page.js")),
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, string(html))
	return err
}

// Save writes the page into the file at path, which appears whole or not at
// all.
func (p Page) Save(path string) error {
	var b bytes.Buffer
	if err := p.Write(&b); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// fragment executes one of the templates.
func fragment(name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil
}
